// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import dev.cairn.debian.script.ScriptAction.NotUnderstood;
import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a maintainer script ({@code postinst}) and tells what it would do when its package is configured for the first
 * time, without running anything.
 *
 * <p>Followed are constants in variables, conditions on the script's arguments, on the architecture and, if they are
 * known, on files, {@code case}, loops over constant words, and functions. Where a condition is not known both ways are
 * taken, and what they differ in is forgotten. A command whose words are not all known is reported and never guessed.
 */
public final class MaintainerScript {
    /** Characters that a script may have. */
    public static final int LONGEST = 1 << 20;

    private MaintainerScript() {}

    /**
     * What {@code postinst configure} does on a machine that never had the package.
     *
     * @param text of the script
     */
    public static List<ScriptAction> read(String text, ScriptFacts facts) {
        return read(text, List.of("configure", ""), facts);
    }

    /**
     * What the script does with other arguments.
     *
     * @param text of the script
     */
    public static List<ScriptAction> read(String text, List<String> arguments, ScriptFacts facts) {
        String first = text.lines().findFirst().orElse("");
        if (ScriptCommands.NAMES.stream().noneMatch(text::contains)) {
            return List.of();
        }
        if (text.length() > LONGEST) {
            return List.of(new NotUnderstood(ScriptCommands.shown(first), "the script is very long"));
        }
        if (!first.matches("#!\\s*(/usr)?/bin/(env )?(sh|bash|dash)\\b.*")) {
            return List.of(new NotUnderstood(ScriptCommands.shown(first), "the script is not one of the shell"));
        }
        ShellNode script;
        try {
            script = ShellParser.parse(text);
        } catch (FormatException e) {
            return List.of(new NotUnderstood(ScriptCommands.shown(first), e.getMessage()));
        }
        var walk = new ScriptWalk(facts, arguments);
        List<ScriptAction> actions = new ArrayList<>(walk.walk(script));
        if (!walk.withinBounds()) {
            actions.add(new NotUnderstood(ScriptCommands.shown(first), "the script does very much"));
        }
        return actions;
    }
}
