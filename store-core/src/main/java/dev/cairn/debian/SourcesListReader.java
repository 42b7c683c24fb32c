// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the sources that apt takes packages from (sources.list(5)): lines of {@code *.list} and paragraphs of
 * {@code *.sources}. What is wrong with one entry is reported and does not hold up others.
 */
public final class SourcesListReader {
    /** Entries that one file may have. */
    public static final int MOST = 2000;

    /** Names of options on lines, and in paragraphs. */
    private static final Map<String, String> OPTIONS = Map.of("arch", "architectures", "lang", "languages");

    private final List<SourceEntry> entries = new ArrayList<>();
    private final List<ConfigurationProblem> problems = new ArrayList<>();

    /** What was read so far, in order. */
    public List<SourceEntry> entries() {
        return List.copyOf(entries);
    }

    /** What could not be followed so far. */
    public List<ConfigurationProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Adds the entries of a file of lines: {@code deb [OPTION=VALUE...] ADDRESS SUITE COMPONENT...}.
     *
     * @param file its name
     */
    public void lines(String file, String text) {
        String[] lines = text.split("\n", -1);
        int before = entries.size();
        for (int i = 0; i < lines.length; i++) {
            try {
                line(file, i + 1, lines[i]).ifPresent(entries::add);
            } catch (FormatException e) {
                problem(file, i + 1, e);
            }
            if (entries.size() - before > MOST) {
                tooMany(file, i + 1);
                return;
            }
        }
    }

    private static Optional<SourceEntry> line(String file, int number, String line) throws FormatException {
        var words = new SourceLine(line);
        String type = words.next();
        if (type.isEmpty() || type.equals("deb-src")) {
            return Optional.empty();
        }
        if (!type.equals("deb")) {
            throw SourceOptions.problem("'" + SourceOptions.shown(type) + "' is no kind of source");
        }
        Map<String, String> options = new HashMap<>();
        for (String option : words.options()) {
            lineOption(option, options);
        }
        String address = words.next();
        String suite = words.next();
        List<String> components = new ArrayList<>();
        for (String word = words.next(); !word.isEmpty(); word = words.next()) {
            components.add(word);
        }
        return Optional.of(new SourceOptions(options)
                .entry(file, number, address.isEmpty() ? List.of() : List.of(address),
                        suite.isEmpty() ? List.of() : List.of(suite), components));
    }

    /** {@code name=value}, {@code name+=value} or {@code name-=value}. */
    private static void lineOption(String option, Map<String, String> options) throws FormatException {
        int sign = option.indexOf('=');
        if (sign < 1) {
            throw SourceOptions.problem("'" + SourceOptions.shown(option) + "' is no option with a value");
        }
        String name = option.substring(0, sign);
        String suffix = name.endsWith("+") ? "-add" : name.endsWith("-") ? "-remove" : "";
        String plain = (suffix.isEmpty() ? name : name.substring(0, name.length() - 1)).toLowerCase(Locale.ROOT);
        String key = OPTIONS.getOrDefault(plain, plain) + suffix;
        options.merge(key, option.substring(sign + 1), (old, added) -> suffix.isEmpty() ? added : old + "," + added);
    }

    /**
     * Adds the entries of a file of paragraphs.
     *
     * @param file its name
     */
    public void paragraphs(String file, byte[] text) {
        List<Paragraph> paragraphs;
        try {
            paragraphs = ControlReader.all("sources", text);
        } catch (FormatException e) {
            problem(file, 0, e);
            return;
        }
        for (Paragraph paragraph : paragraphs.subList(0, Math.min(MOST, paragraphs.size()))) {
            try {
                paragraph(file, paragraph).ifPresent(entries::add);
            } catch (FormatException e) {
                problem(file, paragraph.line(), e);
            }
        }
        if (paragraphs.size() > MOST) {
            tooMany(file, 0);
        }
    }

    private static Optional<SourceEntry> paragraph(String file, Paragraph paragraph) throws FormatException {
        if (!AptConf.truth(paragraph.getOrEmpty("Enabled")).orElse(true)) {
            return Optional.empty();
        }
        List<String> types = SourceOptions.words(paragraph.getOrEmpty("Types"), "\\s+");
        if (types.isEmpty()) {
            throw SourceOptions.problem("has no field Types");
        }
        for (String type : types) {
            if (!type.equals("deb") && !type.equals("deb-src")) {
                throw SourceOptions.problem("'" + SourceOptions.shown(type) + "' is no kind of source");
            }
        }
        if (!types.contains("deb")) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>();
        for (String name : paragraph.names()) {
            options.put(name.toLowerCase(Locale.ROOT), paragraph.getOrEmpty(name));
        }
        return Optional.of(new SourceOptions(options)
                .entry(
                        file,
                        paragraph.line(),
                        SourceOptions.words(paragraph.getOrEmpty("URIs"), "\\s+"),
                        SourceOptions.words(paragraph.getOrEmpty("Suites"), "\\s+"),
                        SourceOptions.words(paragraph.getOrEmpty("Components"), "\\s+")));
    }

    private void tooMany(String file, int line) {
        problems.add(new ConfigurationProblem(file, line, "more than " + MOST + " sources; the rest is not read"));
    }

    private void problem(String file, int line, FormatException e) {
        String message = e.getMessage();
        String prefix = e.format() + ": ";
        problems.add(new ConfigurationProblem(
                file, line, message.startsWith(prefix) ? message.substring(prefix.length()) : message));
    }
}
