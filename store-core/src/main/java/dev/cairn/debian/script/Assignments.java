// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;
import java.util.Optional;

/** Words of the form {@code NAME=VALUE}. */
final class Assignments {
    private Assignments() {}

    /** The variable that a word sets; empty for words of other forms. */
    static Optional<String> name(ShellWord word) {
        int sign = word.source().indexOf('=');
        boolean valid = sign > 0
                && !Character.isDigit(word.source().charAt(0))
                && word.source().chars().limit(sign).allMatch(c -> ShellLexer.isName((char) c));
        return valid ? Optional.of(word.source().substring(0, sign)) : Optional.empty();
    }

    /** Sets what a word sets, if it does. */
    static void assign(ShellWord word, Variables variables) {
        Optional<String> name = name(word);
        if (name.isPresent()) {
            int length = name.get().length() + 1;
            variables.set(name.get(), variables.text(word).map(text -> text.substring(length)));
        }
    }

    /** Forgets all variables that a part of the script sets. */
    static void forget(ShellNode node, Variables variables) {
        switch (node) {
            case ShellNode.Simple(List<ShellWord> words) -> {
                for (ShellWord word : words) {
                    name(word).ifPresent(name -> variables.set(name, Optional.empty()));
                }
            }
            case ShellNode.Sequence(List<ShellNode> nodes) -> nodes.forEach(each -> forget(each, variables));
            case ShellNode.Pipeline(List<ShellNode> nodes) -> nodes.forEach(each -> forget(each, variables));
            case ShellNode.Both(ShellNode left, _, ShellNode right) -> {
                forget(left, variables);
                forget(right, variables);
            }
            case ShellNode.Not(ShellNode inner) -> forget(inner, variables);
            case ShellNode.Subshell(ShellNode body) -> forget(body, variables);
            case ShellNode.If(ShellNode condition, ShellNode body, ShellNode otherwise) -> {
                forget(condition, variables);
                forget(body, variables);
                forget(otherwise, variables);
            }
            case ShellNode.For(String name, _, ShellNode body) -> {
                variables.set(name, Optional.empty());
                forget(body, variables);
            }
            case ShellNode.Loop(ShellNode condition, ShellNode body) -> {
                forget(condition, variables);
                forget(body, variables);
            }
            case ShellNode.Case(_, List<ShellNode.Branch> branches) ->
                branches.forEach(branch -> forget(branch.body(), variables));
            case ShellNode.Function(_, ShellNode body) -> forget(body, variables);
        }
    }
}
