// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files of apt's settings (apt.conf(5)), in the order in which apt does, as later ones override earlier ones.
 * Where a file has an error, what stands before it counts and the rest of the file does not. {@code #include} is
 * reported and not followed.
 */
public final class AptConfReader {
    /** Settings that all files together may have. */
    public static final int MOST = 50_000;

    private static final int DEEPEST = 64;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private int entries;

    /** Adds what a file says. */
    public void read(String file, String text) {
        new FileReader(file, text).read();
    }

    /** What was read so far. */
    public AptConf conf() {
        return new AptConf(values);
    }

    /** What could not be followed so far. */
    public List<ConfigurationProblem> problems() {
        return List.copyOf(problems);
    }

    /** One file, as it is being read. */
    private final class FileReader {
        private final String file;
        private final AptConfLexer lexer;
        private final Deque<String> scopes = new ArrayDeque<>();

        FileReader(String file, String text) {
            this.file = file;
            this.lexer = new AptConfLexer(text);
            scopes.push("");
        }

        void read() {
            while (true) {
                AptConfLexer.Token token = lexer.next();
                boolean ok = switch (token.kind()) {
                    case END -> {
                        if (scopes.size() > 1) {
                            problem("a scope is not closed");
                        }
                        yield false;
                    }
                    case CLOSE -> close();
                    // Scopes end with or without a semicolon.
                    case SEMICOLON -> true;
                    case DIRECTIVE -> directive(token.text());
                    case OPEN -> open(entry(scopes.peek()));
                    case STRING -> value(entry(scopes.peek()), token.text());
                    case WORD -> setting(token.text());
                    case BROKEN -> fail(token.text());
                };
                if (!ok) {
                    return;
                }
            }
        }

        /** What follows a name: a value, a scope, both, or nothing. */
        private boolean setting(String word) {
            String name = scopes.peek().isEmpty() ? word : scopes.peek() + AptConf.SEPARATOR + word;
            String key = AptConf.key(name);
            if (key.endsWith(AptConf.SEPARATOR)) {
                key = entry(key.substring(0, key.length() - AptConf.SEPARATOR.length()));
            }
            AptConfLexer.Token token = lexer.next();
            return switch (token.kind()) {
                case OPEN -> open(key);
                case STRING, WORD -> value(key, token.text());
                case SEMICOLON -> true;
                case BROKEN -> fail(token.text());
                case END, CLOSE, DIRECTIVE -> fail("expected a value for " + word);
            };
        }

        private boolean value(String key, String value) {
            if (++entries > MOST) {
                return fail("more than " + MOST + " settings");
            }
            values.put(key, value);
            AptConfLexer.Token token = lexer.next();
            return switch (token.kind()) {
                case SEMICOLON -> true;
                case OPEN -> open(key);
                case CLOSE -> close();
                case BROKEN -> fail(token.text());
                case END, DIRECTIVE, STRING, WORD -> fail("expected a semicolon");
            };
        }

        private boolean open(String key) {
            if (scopes.size() >= DEEPEST) {
                return fail("more than " + DEEPEST + " scopes within each other");
            }
            scopes.push(key);
            return true;
        }

        private boolean close() {
            if (scopes.size() == 1) {
                return fail("a closing brace without an opening one");
            }
            scopes.pop();
            return true;
        }

        private boolean directive(String text) {
            String[] words = text.strip().split("\\s+");
            if (words[0].equals("#clear")) {
                for (int i = 1; i < words.length; i++) {
                    clear(AptConf.key(words[i].replace("\"", "")));
                }
            } else {
                problem(words[0] + " is not followed");
            }
            return true;
        }

        private void clear(String key) {
            values.keySet().removeIf(name -> name.equals(key) || name.startsWith(key + AptConf.SEPARATOR));
        }

        /** The key of a new entry of a list. */
        private String entry(String list) {
            return list + AptConf.SEPARATOR + "#" + entries;
        }

        private boolean fail(String text) {
            problem(text + "; the rest of the file is not read");
            return false;
        }

        private void problem(String text) {
            problems.add(new ConfigurationProblem(file, lexer.line(), text));
        }
    }
}
