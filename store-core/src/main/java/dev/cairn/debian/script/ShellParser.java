// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import dev.cairn.debian.script.ShellLexer.Operator;
import dev.cairn.debian.script.ShellLexer.Token;
import dev.cairn.debian.script.ShellLexer.Word;
import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the structure of a script: lists, conditions, loops and functions of the POSIX shell. */
final class ShellParser {
    private static final int DEEPEST = 100;
    private static final int LONGEST_CHAIN = 200;
    private static final Set<String> CLOSING = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ShellParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static ShellNode parse(String text) throws FormatException {
        var parser = new ShellParser(ShellLexer.read(text));
        ShellNode node = parser.list();
        if (parser.at < parser.tokens.size()) {
            throw problem("expected the end of the script");
        }
        return node;
    }

    /** Commands up to a word or sign that closes something. */
    private ShellNode list() throws FormatException {
        List<ShellNode> nodes = new ArrayList<>();
        while (true) {
            while (isSign(";") || isSign("&")) {
                at++;
            }
            if (at >= tokens.size() || isSign(";;") || isSign(")") || CLOSING.contains(keyword())) {
                return nodes.size() == 1 ? nodes.getFirst() : new ShellNode.Sequence(nodes);
            }
            nodes.add(andOr());
        }
    }

    private ShellNode andOr() throws FormatException {
        ShellNode left = pipeline();
        for (int i = 0; isSign("&&") || isSign("||"); i++) {
            if (i == LONGEST_CHAIN) {
                throw problem("more than " + LONGEST_CHAIN + " commands in a row");
            }
            boolean and = isSign("&&");
            at++;
            skipLines();
            left = new ShellNode.Both(left, and, pipeline());
        }
        return left;
    }

    private ShellNode pipeline() throws FormatException {
        boolean negated = false;
        while (keyword().equals("!")) {
            at++;
            negated = !negated;
        }
        ShellNode pipeline = piped();
        return negated ? new ShellNode.Not(pipeline) : pipeline;
    }

    private ShellNode piped() throws FormatException {
        ShellNode first = command();
        if (!isSign("|")) {
            return first;
        }
        List<ShellNode> nodes = new ArrayList<>(List.of(first));
        while (isSign("|")) {
            at++;
            skipLines();
            nodes.add(command());
        }
        return new ShellNode.Pipeline(nodes);
    }

    private ShellNode command() throws FormatException {
        if (++depth > DEEPEST) {
            throw problem("more than " + DEEPEST + " levels");
        }
        ShellNode command = commandWithin();
        depth--;
        return command;
    }

    private ShellNode commandWithin() throws FormatException {
        if (isSign("(")) {
            at++;
            ShellNode body = list();
            sign(")");
            return new ShellNode.Subshell(body);
        }
        return switch (keyword()) {
            case "if" -> {
                at++;
                yield condition();
            }
            case "for" -> loopOverWords();
            case "while", "until" -> {
                at++;
                ShellNode condition = list();
                yield new ShellNode.Loop(condition, body());
            }
            case "case" -> choice();
            case "{" -> {
                at++;
                ShellNode body = list();
                keyword("}");
                yield body;
            }
            case "function" -> {
                at++;
                yield function(word("the name of a function").source());
            }
            default -> simple();
        };
    }

    private ShellNode condition() throws FormatException {
        ShellNode condition = list();
        keyword("then");
        ShellNode body = list();
        ShellNode otherwise = new ShellNode.Sequence(List.of());
        if (keyword().equals("elif")) {
            at++;
            if (++depth > DEEPEST) {
                throw problem("more than " + DEEPEST + " levels");
            }
            otherwise = condition();
            depth--;
            return new ShellNode.If(condition, body, otherwise);
        }
        if (keyword().equals("else")) {
            at++;
            otherwise = list();
        }
        keyword("fi");
        return new ShellNode.If(condition, body, otherwise);
    }

    private ShellNode loopOverWords() throws FormatException {
        at++;
        String name = word("a variable").source();
        List<ShellWord> words = new ArrayList<>();
        if (keyword().equals("in")) {
            at++;
            while (at < tokens.size() && tokens.get(at) instanceof Word(ShellWord word)) {
                words.add(word);
                at++;
            }
        } else {
            words.add(new ShellWord(
                    List.of(new ShellWord.Variable("@", Optional.empty(), false)), "\"$@\""));
        }
        while (isSign(";")) {
            at++;
        }
        return new ShellNode.For(name, words, body());
    }

    private ShellNode body() throws FormatException {
        keyword("do");
        ShellNode body = list();
        keyword("done");
        return body;
    }

    private ShellNode choice() throws FormatException {
        at++;
        ShellWord word = word("a word after case");
        skipLines();
        keyword("in");
        List<ShellNode.Branch> branches = new ArrayList<>();
        while (true) {
            skipLines();
            if (keyword().equals("esac")) {
                at++;
                return new ShellNode.Case(word, branches);
            }
            if (isSign("(")) {
                at++;
            }
            List<ShellWord> patterns = new ArrayList<>(List.of(word("a pattern")));
            while (isSign("|")) {
                at++;
                patterns.add(word("a pattern"));
            }
            sign(")");
            branches.add(new ShellNode.Branch(patterns, list()));
            if (isSign(";;")) {
                at++;
            }
        }
    }

    private ShellNode simple() throws FormatException {
        List<ShellWord> words = new ArrayList<>();
        while (at < tokens.size() && tokens.get(at) instanceof Word(ShellWord word)) {
            words.add(word);
            at++;
            if (words.size() == 1 && isSign("(")) {
                return function(word.source());
            }
        }
        if (words.isEmpty() && at < tokens.size() && !isSign(";") && !isSign("&") && !isSign(";;") && !isSign(")")) {
            throw problem("expected a command");
        }
        return new ShellNode.Simple(words);
    }

    private ShellNode function(String name) throws FormatException {
        if (isSign("(")) {
            at++;
            sign(")");
        }
        skipLines();
        return new ShellNode.Function(name, command());
    }

    private void skipLines() {
        while (isSign(";")) {
            at++;
        }
    }

    private boolean isSign(String sign) {
        return at < tokens.size() && tokens.get(at) instanceof Operator(String found) && found.equals(sign);
    }

    /** The next word as it is written, if it can be one of the language. */
    private String keyword() {
        return at < tokens.size() && tokens.get(at) instanceof Word(ShellWord word) ? word.source() : "";
    }

    private void sign(String expected) throws FormatException {
        if (!isSign(expected)) {
            throw problem("expected " + expected);
        }
        at++;
    }

    private void keyword(String expected) throws FormatException {
        if (!keyword().equals(expected)) {
            throw problem("expected " + expected);
        }
        at++;
    }

    private ShellWord word(String what) throws FormatException {
        if (at < tokens.size() && tokens.get(at) instanceof Word(ShellWord word)) {
            at++;
            return word;
        }
        throw problem("expected " + what);
    }

    private static FormatException problem(String what) {
        return new FormatException("script", what);
    }
}
