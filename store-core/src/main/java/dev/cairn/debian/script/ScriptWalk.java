// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Goes through a script as the shell would, taking both ways where it does not know which one. */
final class ScriptWalk {
    private static final int MOST_STEPS = 50_000;
    private static final int MOST_ACTIONS = 5000;
    private static final int DEEPEST_CALL = 20;

    private final Variables variables;
    private final ShellBuiltins builtins;
    private final Map<String, ShellNode> functions = new HashMap<>();
    private final SequencedSet<ScriptAction> actions = new LinkedHashSet<>();
    /** How many conditions that are not known are around. */
    private int conditions;
    /** Whether the script may have ended before here. */
    private boolean perhapsEnded;

    private int steps;
    private int calls;
    /** Set while the shell leaves a function or the script. */
    private boolean leaving;

    private boolean ended;

    ScriptWalk(ScriptFacts facts, List<String> arguments) {
        this.variables = new Variables(facts);
        this.builtins = new ShellBuiltins(variables, new ShellTest(facts));
        variables.setArguments(arguments.stream().map(Optional::of).toList());
    }

    /** What the script does, each thing once, in order. */
    List<ScriptAction> walk(ShellNode script) {
        run(script);
        return List.copyOf(actions);
    }

    /** Whether it came to an end within bounds. */
    boolean withinBounds() {
        return steps < MOST_STEPS && actions.size() < MOST_ACTIONS;
    }

    private Certainty run(ShellNode node) {
        if (leaving || ended || ++steps > MOST_STEPS || actions.size() > MOST_ACTIONS) {
            return Certainty.UNKNOWN;
        }
        return switch (node) {
            case ShellNode.Simple(List<ShellWord> words) -> simple(words);
            case ShellNode.Sequence(List<ShellNode> nodes) -> {
                Certainty last = Certainty.YES;
                for (ShellNode each : nodes) {
                    last = run(each);
                }
                yield last;
            }
            case ShellNode.Both(ShellNode left, boolean and, ShellNode right) -> both(left, and, right);
            case ShellNode.Not(ShellNode inner) -> run(inner).not();
            case ShellNode.Pipeline(List<ShellNode> nodes) -> {
                for (ShellNode each : nodes) {
                    subshell(each);
                }
                yield Certainty.UNKNOWN;
            }
            case ShellNode.Subshell(ShellNode body) -> subshell(body);
            case ShellNode.If(ShellNode condition, ShellNode body, ShellNode otherwise) ->
                choose(run(condition), body, otherwise);
            case ShellNode.For(String name, List<ShellWord> words, ShellNode body) -> loop(name, words, body);
            case ShellNode.Loop(ShellNode condition, ShellNode body) -> {
                repeated(condition, body);
                yield Certainty.UNKNOWN;
            }
            case ShellNode.Case(ShellWord word, List<ShellNode.Branch> branches) -> choice(word, branches);
            case ShellNode.Function(String name, ShellNode body) -> {
                functions.put(name, body);
                yield Certainty.YES;
            }
        };
    }

    private Certainty both(ShellNode left, boolean and, ShellNode right) {
        Certainty first = run(left);
        if (first == (and ? Certainty.NO : Certainty.YES)) {
            return first;
        }
        if (first != Certainty.UNKNOWN) {
            return run(right);
        }
        Certainty second = perhaps(right);
        return and ? first.and(second) : first.or(second);
    }

    /** Runs what may be run or not. */
    private Certainty perhaps(ShellNode node) {
        Map<String, Optional<String>> without = variables.snapshot();
        conditions++;
        Certainty result = run(node);
        conditions--;
        leaving = false;
        variables.merge(without);
        return result;
    }

    private Certainty choose(Certainty condition, ShellNode body, ShellNode otherwise) {
        return switch (condition) {
            case YES -> run(body);
            case NO -> run(otherwise);
            case UNKNOWN -> {
                either(List.of(body, otherwise));
                yield Certainty.UNKNOWN;
            }
        };
    }

    /** Runs one of several, nobody knows which. */
    private void either(List<ShellNode> ways) {
        Map<String, Optional<String>> before = variables.snapshot();
        List<Map<String, Optional<String>>> after = new ArrayList<>();
        for (ShellNode way : ways) {
            variables.restore(before);
            conditions++;
            run(way);
            conditions--;
            leaving = false;
            after.add(variables.snapshot());
        }
        after.forEach(variables::merge);
    }

    private Certainty subshell(ShellNode body) {
        Map<String, Optional<String>> before = variables.snapshot();
        Certainty result = run(body);
        variables.restore(before);
        return result;
    }

    private Certainty loop(String name, List<ShellWord> words, ShellNode body) {
        List<Optional<String>> values = variables.expand(words);
        boolean patterns = values.stream().anyMatch(value -> value.isEmpty() || value.get().matches("(?s).*[*?\\[].*"));
        if (patterns) {
            variables.set(name, Optional.empty());
            repeated(new ShellNode.Sequence(List.of()), body);
            return Certainty.UNKNOWN;
        }
        for (Optional<String> value : values) {
            variables.set(name, value);
            run(body);
        }
        return Certainty.UNKNOWN;
    }

    /** Once for any number of rounds: what is set within is not constant. */
    private void repeated(ShellNode condition, ShellNode body) {
        var both = new ShellNode.Sequence(List.of(condition, body));
        Assignments.forget(both, variables);
        perhaps(both);
    }

    private Certainty choice(ShellWord word, List<ShellNode.Branch> branches) {
        Optional<String> text = variables.text(word);
        List<ShellNode> possible = new ArrayList<>();
        for (ShellNode.Branch branch : branches) {
            Certainty matches = Certainty.NO;
            for (ShellWord pattern : branch.patterns()) {
                matches = matches.or(ShellPattern.matches(text, pattern));
            }
            if (matches == Certainty.YES && possible.isEmpty()) {
                return run(branch.body());
            }
            if (matches != Certainty.NO) {
                possible.add(branch.body());
            }
            if (matches == Certainty.YES) {
                either(possible);
                return Certainty.UNKNOWN;
            }
        }
        possible.add(new ShellNode.Sequence(List.of()));
        either(possible);
        return Certainty.UNKNOWN;
    }

    private Certainty simple(List<ShellWord> words) {
        int command = 0;
        while (command < words.size() && Assignments.name(words.get(command)).isPresent()) {
            command++;
        }
        if (command == words.size()) {
            words.forEach(word -> Assignments.assign(word, variables));
            return Certainty.YES;
        }
        List<ShellWord> rest = words.subList(command, words.size());
        List<Optional<String>> expanded = variables.expand(rest);
        String source = String.join(" ", rest.stream().map(ShellWord::source).toList());
        if (expanded.isEmpty() || expanded.getFirst().isEmpty()) {
            return Certainty.UNKNOWN;
        }
        String name = expanded.getFirst().get();
        return command(name, rest.subList(1, rest.size()), expanded.subList(1, expanded.size()), source);
    }

    private Certainty command(
            String path, List<ShellWord> written, List<Optional<String>> words, String source) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (functions.containsKey(path)) {
            return call(functions.get(path), words);
        }
        switch (name) {
            case "exit", "return" -> leave(name, words);
            case "exec", "command", "env" -> {
                return wrapped(written, words, source);
            }
            default -> {
                if (ShellBuiltins.NAMES.contains(name)) {
                    return builtins.run(name, written, words);
                }
                actions.addAll(ScriptCommands.actions(name, words, source, conditions > 0 || perhapsEnded));
            }
        }
        return ScriptCommands.succeeds(name) ? Certainty.YES : Certainty.UNKNOWN;
    }

    /** The command that another one runs in its place. */
    private Certainty wrapped(List<ShellWord> written, List<Optional<String>> words, String source) {
        if (words.isEmpty() || words.getFirst().isEmpty() || words.getFirst().get().startsWith("-")) {
            return Certainty.UNKNOWN;
        }
        return command(
                words.getFirst().get(),
                written.subList(1, written.size()),
                words.subList(1, words.size()),
                source);
    }

    /** A script that may end well leaves all that follows in doubt; one that fails is of no interest. */
    private void leave(String how, List<Optional<String>> words) {
        boolean fails = !words.isEmpty() && !words.getFirst().equals(Optional.of("0"));
        if (conditions == 0) {
            ended = how.equals("exit") || calls == 0;
            leaving = !ended;
        } else {
            leaving = true;
            perhapsEnded |= !fails;
        }
    }

    private Certainty call(ShellNode function, List<Optional<String>> words) {
        if (calls == DEEPEST_CALL) {
            return Certainty.UNKNOWN;
        }
        Map<String, Optional<String>> outside = variables.snapshot();
        variables.setArguments(words);
        calls++;
        Certainty result = run(function);
        calls--;
        leaving = false;
        variables.restoreArguments(outside);
        return result;
    }
}
