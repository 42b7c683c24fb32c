// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Writes the text form of derivations (formats, section 4.1): what {@code .drv} items hold and what is hashed. */
public final class DerivationPrinter {
    private byte[] text = new byte[4096];
    private int length;

    private DerivationPrinter() {}

    /**
     * The contents of the {@code .drv} item.
     *
     * @throws IllegalArgumentException when a string has a character that is NUL or no octet
     */
    public static byte[] print(Derivation derivation) {
        SortedMap<String, SortedSet<String>> inputs = new TreeMap<>();
        derivation.inputDerivations().forEach((path, names) -> inputs.put(path.toString(), names));
        return print(derivation, inputs, false);
    }

    /**
     * The text with other inputs, and on request without output paths, as hashing wants it (formats, sections 4.3 and
     * 4.4).
     *
     * @param inputs what stands for each input derivation, with its output names
     * @param blank whether output paths, and the environment variables named after outputs, are left empty
     */
    static byte[] print(Derivation derivation, SortedMap<String, SortedSet<String>> inputs, boolean blank) {
        DerivationPrinter printer = new DerivationPrinter();
        printer.derivation(derivation, inputs, blank);
        return Arrays.copyOf(printer.text, printer.length);
    }

    private void derivation(Derivation derivation, SortedMap<String, SortedSet<String>> inputs, boolean blank) {
        literal("Derive([");
        outputs(derivation.outputs(), blank);
        literal("],[");
        inputs(inputs);
        literal("],");
        strings(derivation.inputSources());
        literal(",");
        string(derivation.system());
        literal(",");
        string(derivation.builder());
        literal(",");
        strings(derivation.arguments());
        literal(",[");
        environment(blank ? blanked(derivation) : derivation.environment());
        literal("])");
    }

    private static SortedMap<String, String> blanked(Derivation derivation) {
        SortedMap<String, String> environment = new TreeMap<>(derivation.environment());
        derivation.outputs().keySet().forEach(output -> environment.put(output, ""));
        return environment;
    }

    private void outputs(SortedMap<String, DerivationOutput> outputs, boolean blank) {
        String separator = "(";
        for (Map.Entry<String, DerivationOutput> entry : outputs.entrySet()) {
            DerivationOutput output = entry.getValue();
            literal(separator);
            string(entry.getKey());
            literal(",");
            string(blank ? "" : output.path().map(Object::toString).orElse(""));
            literal(",");
            string(output.hashAlgorithm());
            literal(",");
            string(output.hash());
            literal(")");
            separator = ",(";
        }
    }

    private void inputs(SortedMap<String, SortedSet<String>> inputs) {
        String separator = "(";
        for (Map.Entry<String, SortedSet<String>> entry : inputs.entrySet()) {
            literal(separator);
            string(entry.getKey());
            literal(",");
            strings(entry.getValue());
            literal(")");
            separator = ",(";
        }
    }

    private void environment(SortedMap<String, String> environment) {
        String separator = "(";
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            literal(separator);
            string(entry.getKey());
            literal(",");
            string(entry.getValue());
            literal(")");
            separator = ",(";
        }
    }

    private void strings(Collection<?> strings) {
        literal("[");
        String separator = "";
        for (Object string : strings) {
            literal(separator);
            string(string.toString());
            separator = ",";
        }
        literal("]");
    }

    private void string(String string) {
        // Every character could become two octets; the quotes are two more.
        room(2 * string.length() + 2);
        put('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped(c);
                case '\n' -> escaped('n');
                case '\r' -> escaped('r');
                case '\t' -> escaped('t');
                default -> {
                    if (c == 0 || c > 0xff) {
                        throw new IllegalArgumentException("no octet string: " + string);
                    }
                    put(c);
                }
            }
        }
        put('"');
    }

    private void escaped(char c) {
        put('\\');
        put(c);
    }

    private void literal(String literal) {
        room(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            put(literal.charAt(i));
        }
    }

    private void put(char octet) {
        text[length++] = (byte) octet;
    }

    private void room(int needed) {
        if (text.length - length < needed) {
            text = Arrays.copyOf(text, Math.addExact(length, Math.max(length, needed)));
        }
    }
}
