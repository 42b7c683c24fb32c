// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;

/** A part of a script. */
sealed interface ShellNode {
    /** A command, or assignments. */
    record Simple(List<ShellWord> words) implements ShellNode {}

    /** One after another. */
    record Sequence(List<ShellNode> nodes) implements ShellNode {}

    /** {@code left && right}, or {@code left || right}. */
    record Both(ShellNode left, boolean and, ShellNode right) implements ShellNode {}

    /** {@code ! node}. */
    record Not(ShellNode node) implements ShellNode {}

    /** Commands that hand on what they print; each in a shell of its own. */
    record Pipeline(List<ShellNode> nodes) implements ShellNode {}

    /** {@code ( nodes )}. */
    record Subshell(ShellNode body) implements ShellNode {}

    /** {@code if condition; then body; else otherwise; fi}; an empty sequence if there is no {@code else}. */
    record If(ShellNode condition, ShellNode body, ShellNode otherwise) implements ShellNode {}

    /** {@code for name in words; do body; done}. */
    record For(String name, List<ShellWord> words, ShellNode body) implements ShellNode {}

    /** {@code while} or {@code until}. */
    record Loop(ShellNode condition, ShellNode body) implements ShellNode {}

    /** {@code case word in branches esac}. */
    record Case(ShellWord word, List<Branch> branches) implements ShellNode {}

    record Branch(List<ShellWord> patterns, ShellNode body) {}

    /** {@code name() body}. */
    record Function(String name, ShellNode body) implements ShellNode {}
}
