// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;
import java.util.Optional;

/** Answers what {@code test} and {@code [} are asked, where words and files are known. */
final class ShellTest {
    private final ScriptFacts facts;

    ShellTest(ScriptFacts facts) {
        this.facts = facts;
    }

    /** @param words those after the command, unknown ones empty, without the closing bracket */
    Certainty evaluate(List<Optional<String>> words) {
        int or = lastIndexOf(words, "-o");
        if (or > 0 && or < words.size() - 1) {
            return evaluate(words.subList(0, or)).or(evaluate(words.subList(or + 1, words.size())));
        }
        int and = lastIndexOf(words, "-a");
        if (and > 0 && and < words.size() - 1) {
            return evaluate(words.subList(0, and)).and(evaluate(words.subList(and + 1, words.size())));
        }
        return simple(words);
    }

    private static int lastIndexOf(List<Optional<String>> words, String sign) {
        return words.size() > 3 ? words.lastIndexOf(Optional.of(sign)) : -1;
    }

    private Certainty simple(List<Optional<String>> words) {
        if (words.size() > 1 && words.getFirst().equals(Optional.of("!"))) {
            return simple(words.subList(1, words.size())).not();
        }
        return switch (words.size()) {
            case 0 -> Certainty.NO;
            case 1 -> Certainty.of(words.getFirst().map(word -> !word.isEmpty()));
            case 2 -> words.getFirst().map(sign -> unary(sign, words.get(1))).orElse(Certainty.UNKNOWN);
            case 3 -> words.get(1)
                    .map(sign -> binary(words.get(0), sign, words.get(2)))
                    .orElse(Certainty.UNKNOWN);
            default -> Certainty.UNKNOWN;
        };
    }

    private Certainty unary(String sign, Optional<String> word) {
        return switch (sign) {
            case "-n" -> Certainty.of(word.map(text -> !text.isEmpty()));
            case "-z" -> Certainty.of(word.map(String::isEmpty));
            case "-e", "-f", "-x", "-r", "-s", "-d", "-h", "-L" -> Certainty.of(word.flatMap(facts::exists));
            default -> Certainty.UNKNOWN;
        };
    }

    private static Certainty binary(Optional<String> left, String sign, Optional<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Certainty.UNKNOWN;
        }
        return switch (sign) {
            case "=", "==" -> Certainty.of(left.equals(right));
            case "!=" -> Certainty.of(!left.equals(right));
            default -> Certainty.UNKNOWN;
        };
    }
}
