// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of derivations (formats, section 4.1) and takes only what {@link DerivationPrinter} writes, with
 * at most one newline after it: lists in order and without duplicates, no blanks, the five escapes and no others.
 */
public final class DerivationParser {
    private static final String FORMAT = "derivation";

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
        SortedMap<String, DerivationOutput> outputs = new TreeMap<>();
        expect("[");
        String previous = null;
        while (more(outputs.isEmpty())) {
            expect("(");
            String name = string();
            ascending(previous, name);
            previous = name;
            expect(",");
            String path = string();
            Optional<StorePath> parsed = path.isEmpty() ? Optional.empty() : Optional.of(storePath(path));
            expect(",");
            String algorithm = string();
            expect(",");
            outputs.put(name, new DerivationOutput(parsed, algorithm, string()));
            expect(")");
        }
        if (outputs.isEmpty()) {
            throw problem("a derivation must have an output");
        }
        return outputs;
    }

    private SortedMap<StorePath, SortedSet<String>> inputDerivations() throws FormatException {
        SortedMap<StorePath, SortedSet<String>> inputs = new TreeMap<>();
        expect("[");
        StorePath previous = null;
        while (more(inputs.isEmpty())) {
            expect("(");
            StorePath path = storePath(string());
            if (!path.isDerivation()) {
                throw problem("the input '" + path + "' is no derivation");
            }
            ascending(previous, path);
            previous = path;
            expect(",");
            inputs.put(path, outputNames());
            expect(")");
        }
        return inputs;
    }

    private SortedSet<String> outputNames() throws FormatException {
        SortedSet<String> names = new TreeSet<>();
        expect("[");
        String previous = null;
        while (more(names.isEmpty())) {
            String name = string();
            ascending(previous, name);
            previous = name;
            names.add(name);
        }
        return names;
    }

    private SortedSet<StorePath> inputSources() throws FormatException {
        SortedSet<StorePath> sources = new TreeSet<>();
        expect("[");
        StorePath previous = null;
        while (more(sources.isEmpty())) {
            StorePath source = storePath(string());
            ascending(previous, source);
            previous = source;
            sources.add(source);
        }
        return sources;
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
        SortedMap<String, String> environment = new TreeMap<>();
        expect("[");
        String previous = null;
        while (more(environment.isEmpty())) {
            expect("(");
            String name = string();
            ascending(previous, name);
            previous = name;
            expect(",");
            environment.put(name, string());
            expect(")");
        }
        return environment;
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

    private <T extends Comparable<T>> void ascending(@Nullable T previous, T next)
            throws FormatException {
        if (previous != null && previous.compareTo(next) >= 0) {
            throw problem("'" + next + "' stands behind '" + previous + "': lists must ascend without duplicates");
        }
    }

    private StorePath storePath(String name) throws FormatException {
        try {
            return store.parse(name);
        } catch (FormatException e) {
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
        while (position < text.length) {
            byte octet = text[position];
            if (octet == '"') {
                String string = new String(text, start, position - start, StandardCharsets.ISO_8859_1);
                position++;
                return string;
            }
            if (octet == '\\') {
                return escapedString(start);
            }
            checkPlain(octet);
            position++;
        }
        throw problem("the text ends inside a string");
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
            } else {
                checkPlain(octet);
                position++;
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

    private void checkPlain(byte octet) throws FormatException {
        if (octet == '\n' || octet == '\r' || octet == '\t' || octet == 0) {
            throw problem("octet " + octet + " stands in a string unescaped");
        }
    }

    private FormatException problem(String text) {
        return new FormatException(FORMAT, "octet " + position + ": " + text);
    }
}
