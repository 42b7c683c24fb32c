// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Writes the text form of derivations (formats, section 4.1): what {@code .drv} items hold and what is hashed. */
public final class DerivationPrinter {
    private byte[] text = new byte[8192];
    private int length;

    private DerivationPrinter() {}

    /**
     * The contents of the {@code .drv} item.
     *
     * @throws IllegalArgumentException when a string has a character that is NUL or no octet
     */
    public static byte[] print(Derivation derivation) {
        List<Input> inputs = new ArrayList<>(derivation.inputDerivations().size());
        derivation.inputDerivations().forEach((path, names) -> inputs.add(new Input(path.toString(), names)));
        DerivationPrinter printer = new DerivationPrinter();
        printer.derivation(derivation, inputs, false);
        return Arrays.copyOf(printer.text, printer.length);
    }

    /** An input as it is written. */
    record Input(String name, SortedSet<String> outputs) {}

    /**
     * The SHA-256 of the text with other inputs, and on request without output paths (formats, sections 4.3 and 4.4).
     *
     * @param inputs what stands for the input derivations
     * @param blank whether output paths, and the environment variables named after outputs, are left empty
     */
    static Hash hash(Derivation derivation, List<Input> inputs, boolean blank) {
        DerivationPrinter printer = new DerivationPrinter();
        printer.derivation(derivation, inputs, blank);
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        digest.update(printer.text, 0, printer.length);
        return Hash.from(HashAlgorithm.SHA256, digest);
    }

    private void derivation(Derivation derivation, List<Input> inputs, boolean blank) {
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

    private void inputs(List<Input> inputs) {
        String separator = "(";
        for (Input input : inputs) {
            literal(separator);
            string(input.name());
            literal(",");
            strings(input.outputs());
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
        int plain = 0;
        while (plain < string.length() && isPlain(string.charAt(plain))) {
            plain++;
        }
        if (plain == string.length()) {
            byte[] octets = string.getBytes(StandardCharsets.ISO_8859_1);
            room(octets.length + 2);
            put('"');
            System.arraycopy(octets, 0, text, length, octets.length);
            length += octets.length;
            put('"');
        } else {
            escapedString(string);
        }
    }

    /** Whether a character is an octet that stands for itself; some control characters are found out later. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && c <= 0xff;
    }

    private void escapedString(String string) {
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
