// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Reads the text form of derivations (formats, section 4.1) and takes only what {@link DerivationPrinter} writes, with
 * at most one newline after it: lists in order and without duplicates, no blanks, the five escapes and no others.
 */
public final class DerivationParser {
    private static final String FORMAT = "derivation";

    /** What nearly all inputs want: shared, because there are so many. */
    private static final SortedSet<String> ONLY_OUT = new ArraySortedSet<>(new Object[] {"out"});

    /** Which octets stand for themselves in a string: all but the quote, what must be escaped, and NUL. */
    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, true);
        for (char octet : "\"\\\n\r\t\0".toCharArray()) {
            PLAIN[octet] = false;
        }
    }

    private final StoreDirectory store;
    private final byte[] text;
    private int position;

    private DerivationParser(StoreDirectory store, byte[] text) {
        this.store = store;
        this.text = text;
    }

    /**
     * The derivation that {@code text}, the contents of a {@code .drv} item, says.
     *
     * @param store the directory that all its store paths must be in
     * @throws FormatException when the text is not exactly of this form; the message names the offending octet
     */
    public static Derivation parse(StoreDirectory store, byte[] text) throws FormatException {
        return new DerivationParser(store, text).derivation();
    }

    private Derivation derivation() throws FormatException {
        expect("Derive(");
        SortedMap<String, DerivationOutput> outputs = outputs();
        expect(",");
        SortedMap<StorePath, SortedSet<String>> inputDerivations = inputDerivations();
        expect(",");
        SortedSet<StorePath> inputSources = inputSources();
        expect(",");
        String system = string();
        expect(",");
        String builder = string();
        expect(",");
        List<String> arguments = arguments();
        expect(",");
        SortedMap<String, String> environment = environment();
        expect(")");
        if (position < text.length && text[position] == '\n') {
            position++;
        }
        if (position < text.length) {
            throw problem("text follows the derivation");
        }
        return new Derivation(outputs, inputDerivations, inputSources, system, builder, arguments, environment);
    }

    private SortedMap<String, DerivationOutput> outputs() throws FormatException {
        SortedEntries<String, DerivationOutput> outputs = new SortedEntries<>();
        expect("[");
        while (more(outputs.isEmpty())) {
            expect("(");
            String name = string();
            expect(",");
            int start = position + 1;
            String path = string();
            Optional<StorePath> parsed = path.isEmpty() ? Optional.empty() : Optional.of(storePath(path, start));
            expect(",");
            String algorithm = string();
            expect(",");
            outputs.add(name, new DerivationOutput(parsed, algorithm, string()));
            expect(")");
        }
        if (outputs.isEmpty()) {
            throw problem("a derivation must have an output");
        }
        return outputs.map();
    }

    private SortedMap<StorePath, SortedSet<String>> inputDerivations() throws FormatException {
        SortedEntries<StorePath, SortedSet<String>> inputs = new SortedEntries<>();
        expect("[");
        while (more(inputs.isEmpty())) {
            expect("(");
            StorePath path = storePath();
            if (!path.isDerivation()) {
                throw problem("the input '" + path + "' is no derivation");
            }
            expect(",");
            inputs.add(path, outputNames());
            expect(")");
        }
        return inputs.map();
    }

    private SortedSet<String> outputNames() throws FormatException {
        SortedEntries<String, String> names = new SortedEntries<>();
        expect("[");
        while (more(names.isEmpty())) {
            String name = string();
            names.add(name, name);
        }
        SortedSet<String> set = names.set();
        return set.equals(ONLY_OUT) ? ONLY_OUT : set;
    }

    private SortedSet<StorePath> inputSources() throws FormatException {
        SortedEntries<StorePath, StorePath> sources = new SortedEntries<>();
        expect("[");
        while (more(sources.isEmpty())) {
            StorePath source = storePath();
            sources.add(source, source);
        }
        return sources.set();
    }

    private List<String> arguments() throws FormatException {
        List<String> arguments = new ArrayList<>();
        expect("[");
        while (more(arguments.isEmpty())) {
            arguments.add(string());
        }
        return arguments;
    }

    private SortedMap<String, String> environment() throws FormatException {
        SortedEntries<String, String> environment = new SortedEntries<>();
        expect("[");
        while (more(environment.isEmpty())) {
            expect("(");
            String name = string();
            expect(",");
            environment.add(name, string());
            expect(")");
        }
        return environment.map();
    }

    /** The entries of a list that must be in order. */
    private final class SortedEntries<K extends Comparable<? super K>, V> {
        private final List<K> keys = new ArrayList<>();
        private final List<V> values = new ArrayList<>();

        boolean isEmpty() {
            return keys.isEmpty();
        }

        void add(K key, V value) throws FormatException {
            if (!keys.isEmpty() && keys.getLast().compareTo(key) >= 0) {
                throw problem(
                        "'" + key + "' stands behind '" + keys.getLast() + "': lists must ascend without duplicates");
            }
            keys.add(key);
            values.add(value);
        }

        SortedMap<K, V> map() {
            return new ArraySortedMap<>(keys.toArray(), values.toArray());
        }

        SortedSet<K> set() {
            return new ArraySortedSet<>(keys.toArray());
        }
    }

    /** Passes the comma before the next element of a list, or the bracket behind the last. */
    private boolean more(boolean first) throws FormatException {
        if (position < text.length && text[position] == ']') {
            position++;
            return false;
        }
        if (!first) {
            expect(",");
        }
        return true;
    }

    private StorePath storePath() throws FormatException {
        int start = position + 1;
        String name = string();
        return storePath(name, start);
    }

    private StorePath storePath(String name, int start) throws FormatException {
        try {
            return store.parse(name);
        } catch (FormatException e) {
            position = start;
            throw problem(e.getMessage());
        }
    }

    private void expect(String literal) throws FormatException {
        for (int i = 0; i < literal.length(); i++) {
            if (position >= text.length) {
                throw problem("the text ends where '" + literal + "' was expected");
            }
            if (text[position] != literal.charAt(i)) {
                throw problem("'" + literal + "' was expected");
            }
            position++;
        }
    }

    private String string() throws FormatException {
        expect("\"");
        int start = position;
        int end = start;
        while (end < text.length && isPlain(text[end])) {
            end++;
        }
        position = end;
        if (end == text.length) {
            throw problem("the text ends inside a string");
        }
        if (text[end] == '\\') {
            return escapedString(start);
        }
        if (text[end] != '"') {
            throw unescaped();
        }
        position++;
        return end == start ? "" : new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Continues a string that began at {@code start} at its first backslash. */
    private String escapedString(int start) throws FormatException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(2 * (position - start) + 64);
        int copied = start;
        while (position < text.length) {
            byte octet = text[position];
            if (octet == '"') {
                octets.write(text, copied, position - copied);
                position++;
                return octets.toString(StandardCharsets.ISO_8859_1);
            }
            if (octet == '\\') {
                octets.write(text, copied, position - copied);
                position++;
                octets.write(escaped());
                copied = position;
            } else if (isPlain(octet)) {
                position++;
            } else {
                throw unescaped();
            }
        }
        throw problem("the text ends inside a string");
    }

    private int escaped() throws FormatException {
        if (position >= text.length) {
            throw problem("the text ends inside a string");
        }
        int octet =
                switch (text[position]) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> throw problem("an unknown escape");
                };
        position++;
        return octet;
    }

    private static boolean isPlain(byte octet) {
        return PLAIN[octet & 0xff];
    }

    private FormatException unescaped() {
        return problem("octet " + text[position] + " stands in a string unescaped");
    }

    private FormatException problem(String text) {
        return new FormatException(FORMAT, "octet " + position + ": " + text);
    }
}
