// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.debian.SourceEntry.Architectures;
import dev.cairn.debian.SourceEntry.Signers;
import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Options of one entry of apt's sources, under the names that paragraphs have for them. Those that change nothing for
 * Cairn, such as languages, and unknown ones are passed over, as apt passes over unknown ones.
 */
final class SourceOptions {
    private static final String FORMAT = "source";
    private static final int MOST = 1000;
    private static final int LONGEST_KEY = 256 << 10;
    private static final String ARMOUR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    /** Values by name in lower case. */
    private final Map<String, String> values;

    SourceOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Makes the entry, checking what belongs together.
     *
     * @throws FormatException without the place
     */
    SourceEntry entry(String file, int line, List<String> addresses, List<String> suites, List<String> components)
            throws FormatException {
        if (addresses.isEmpty() || suites.isEmpty()) {
            throw problem(addresses.isEmpty() ? "has no address" : "has no suite");
        }
        for (String suite : suites) {
            if (suite.endsWith("/") && !components.isEmpty()) {
                throw problem("the suite " + shown(suite) + " ends with a slash and has components all the same");
            }
            if (!suite.endsWith("/") && components.isEmpty()) {
                throw problem("the suite " + shown(suite) + " has no component");
            }
            confined(suite.endsWith("/") ? suite.substring(0, suite.length() - 1) : suite);
        }
        for (String component : components) {
            confined(component);
        }
        return new SourceEntry(
                file,
                line,
                addresses,
                suites,
                components,
                new Architectures(
                        architectures("architectures"),
                        architectures("architectures-add"),
                        architectures("architectures-remove")),
                signers(),
                truth("trusted"),
                truth("allow-insecure"),
                truth("check-valid-until"),
                truth("check-date"),
                reading());
    }

    private SourceEntry.Reading reading() throws FormatException {
        Optional<String> inRelease = Optional.ofNullable(values.get("inrelease-path"));
        if (inRelease.isPresent() && ConfinedName.of(inRelease.get()).isEmpty()) {
            throw problem("'" + shown(inRelease.get()) + "' leads out of the suite, for InRelease-Path");
        }
        Optional<String> byHash = Optional.ofNullable(values.get("by-hash")).map(String::strip);
        if (byHash.isPresent() && !byHash.get().equals("force")) {
            truth("by-hash");
        }
        return new SourceEntry.Reading(
                byHash,
                truth("pdiffs"),
                !words(values.getOrDefault("languages", ""), "[,\\s]+").contains("none"),
                inRelease,
                seconds("valid-until-min"),
                seconds("valid-until-max"),
                seconds("date-max-future"));
    }

    private Optional<Duration> seconds(String name) {
        return Optional.ofNullable(values.get(name)).flatMap(SourceEntry.Reading::seconds);
    }

    /** Suites and components are parts of addresses; {@code .} and nothing stand for the archive itself. */
    private static void confined(String text) throws FormatException {
        boolean root = text.isEmpty() || text.equals(".");
        if (!root && ConfinedName.of(text).isEmpty()) {
            throw problem("'" + shown(text) + "' leads out of the archive");
        }
    }

    private List<String> architectures(String name) throws FormatException {
        List<String> architectures = words(values.getOrDefault(name, ""), "[,\\s]+");
        for (String architecture : architectures) {
            if (!PackageName.isArchitecture(architecture)) {
                throw problem("'" + shown(architecture) + "' is no architecture");
            }
        }
        return architectures;
    }

    private Optional<Boolean> truth(String name) throws FormatException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<Boolean> truth = AptConf.truth(value);
        if (truth.isEmpty()) {
            throw problem("'" + shown(value) + "' says neither yes nor no, for " + name);
        }
        return truth;
    }

    private Signers signers() throws FormatException {
        String value = values.getOrDefault("signed-by", "").strip();
        if (value.startsWith(ARMOUR)) {
            return new Signers(List.of(), List.of(), Optional.of(key(value)));
        }
        List<String> files = new ArrayList<>();
        List<String> fingerprints = new ArrayList<>();
        for (String word : words(value, "[,\\s]+")) {
            if (word.startsWith("/")) {
                files.add(word);
            } else {
                fingerprints.add(fingerprint(word));
            }
        }
        if (values.containsKey("signed-by") && files.isEmpty() && fingerprints.isEmpty()) {
            throw problem("Signed-By is empty");
        }
        return new Signers(files, fingerprints, Optional.empty());
    }

    private static String fingerprint(String word) throws FormatException {
        boolean exact = word.endsWith("!");
        Optional<String> digits = Digits.hexadecimal(exact ? word.substring(0, word.length() - 1) : word, 40);
        if (digits.isEmpty()) {
            throw problem("'" + shown(word) + "' in Signed-By is neither an absolute file name nor a fingerprint");
        }
        return digits.get().toUpperCase(Locale.ROOT) + (exact ? "!" : "");
    }

    /** In paragraphs an empty line is written as a dot. */
    private static String key(String value) throws FormatException {
        if (value.length() > LONGEST_KEY) {
            throw problem("a very long key in Signed-By");
        }
        var key = new StringBuilder(value.length());
        value.lines().map(String::strip).forEach(line -> key.append(line.equals(".") ? "" : line).append('\n'));
        return key.toString();
    }

    /** The words of a text, at most as many as are sensible. */
    static List<String> words(String text, String separators) throws FormatException {
        List<String> words = Arrays.stream(text.split(separators))
                .filter(word -> !word.isEmpty())
                .limit(MOST + 1L)
                .toList();
        if (words.size() > MOST) {
            throw problem("more than " + MOST + " words");
        }
        return words;
    }

    static FormatException problem(String text) {
        return new FormatException(FORMAT, text);
    }

    static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
