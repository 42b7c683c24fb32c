// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands of the shell itself that tell or change what is known, as far as no other command is run by them. */
final class ShellBuiltins {
    static final Set<String> NAMES = Set.of(
            "[", "test", "false", "export", "local", "readonly", "unset", "read", "db_get", "eval", ".", "shift");

    private final Variables variables;
    private final ShellTest test;

    ShellBuiltins(Variables variables, ShellTest test) {
        this.variables = variables;
        this.test = test;
    }

    /**
     * Runs one of {@link #NAMES}.
     *
     * @param written its arguments as the script has them
     * @param words its arguments as they come out
     */
    Certainty run(String name, List<ShellWord> written, List<Optional<String>> words) {
        switch (name) {
            case "[", "test" -> {
                boolean bracket = name.equals("[") && !words.isEmpty();
                return test.evaluate(bracket ? words.subList(0, words.size() - 1) : words);
            }
            case "false" -> {
                return Certainty.NO;
            }
            case "export", "local", "readonly" -> written.forEach(word -> Assignments.assign(word, variables));
            case "unset" -> words.forEach(word -> word.ifPresent(each -> variables.set(each, Optional.of(""))));
            case "shift" -> variables.set("1", Optional.empty());
            default -> words.forEach(word -> word.ifPresent(each -> variables.set(each, Optional.empty())));
        }
        return ScriptCommands.succeeds(name) ? Certainty.YES : Certainty.UNKNOWN;
    }
}
