// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Who may sign the commits that follow one: its file {@code .guix-authorizations} (services, section 4.5).
 *
 * @param keys in the file's order
 */
public record Authorizations(List<Fingerprint> keys) {
    /** The file's name. */
    public static final String FILE = ".guix-authorizations";

    private static final int MAX_KEYS = 10_000;

    public Authorizations {
        keys = List.copyOf(keys);
    }

    /**
     * Reads the file.
     *
     * @throws FormatException when it is of another version or no such file
     */
    public static Authorizations read(String text) throws FormatException {
        List<Form> forms = FormReader.readAll(text);
        if (forms.size() != 1
                || !(forms.getFirst() instanceof Form.Listing file)
                || !file.isCall("authorizations")
                || file.operands().size() < 2
                || !(file.operands().get(0) instanceof Form.Listing version)
                || !version.isCall("version")
                || version.operands().size() != 1
                || !(version.operands().getFirst() instanceof Form.Constant(String number, _))
                || !number.equals("0")
                || !(file.operands().get(1) instanceof Form.Listing entries)) {
            throw new FormatException(FILE, "it is not (authorizations (version 0) (...) ...)");
        }
        SequencedSet<Fingerprint> keys = new LinkedHashSet<>();
        for (Form each : entries.elements()) {
            if (!(each instanceof Form.Listing entry)
                    || entry.elements().isEmpty()
                    || !(entry.elements().getFirst() instanceof Form.Text(String key, _))
                    || keys.size() == MAX_KEYS) {
                throw new FormatException(FILE, "an entry does not begin with a fingerprint (line "
                        + each.place().line() + ")");
            }
            keys.add(Fingerprint.parse(key));
        }
        return new Authorizations(List.copyOf(keys));
    }
}
