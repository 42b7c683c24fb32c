// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a cache says of itself, {@code nix-cache-info} (formats, section 6.4).
 *
 * @param store whose items it has
 * @param wantsMassQuery whether it likes to be asked for many items at once
 * @param priority those with lower numbers are asked first, as Nix does it
 */
public record CacheInfo(StoreDirectory store, boolean wantsMassQuery, OptionalInt priority) {
    /** What the file is called. */
    public static final String NAME = "nix-cache-info";

    /** Octets that it may have. */
    public static final int MAX_LENGTH = 1 << 16;

    private static final String FORMAT = "nix-cache-info";
    private static final Pattern NAME_OF_STORE = Pattern.compile("/[!-~]{1,200}");

    /** Reads one; unknown fields mean nothing here. */
    public static CacheInfo read(byte[] octets) throws FormatException {
        if (octets.length > MAX_LENGTH) {
            throw new FormatException(FORMAT, "it has more than " + MAX_LENGTH + " octets");
        }
        Optional<StoreDirectory> store = Optional.empty();
        boolean wantsMassQuery = false;
        OptionalInt priority = OptionalInt.empty();
        for (Field field : Field.read(FORMAT, new String(octets, StandardCharsets.ISO_8859_1))) {
            String value = field.value().strip();
            switch (field.name()) {
                case "StoreDir" -> store = Optional.of(store(value));
                case "WantMassQuery" -> wantsMassQuery = value.equals("1");
                case "Priority" -> priority = OptionalInt.of(number(value));
                default -> {}
            }
        }
        return new CacheInfo(
                store.orElseThrow(() -> new FormatException(FORMAT, "it does not say of which store the items are")),
                wantsMassQuery,
                priority);
    }

    private static StoreDirectory store(String name) throws FormatException {
        if (!NAME_OF_STORE.matcher(name).matches()) {
            throw new FormatException(FORMAT, "the store's name is none");
        }
        try {
            return new StoreDirectory(name);
        } catch (IllegalArgumentException _) {
            throw new FormatException(FORMAT, "the store's name is not that of a directory");
        }
    }

    private static int number(String text) throws FormatException {
        if (!text.matches("[0-9]{1,9}")) {
            throw new FormatException(FORMAT, "the priority is no number");
        }
        return Integer.parseInt(text);
    }

    /** The octets of the file, as {@code guix publish} writes them. */
    public byte[] octets() {
        return ("StoreDir: " + store + "\nWantMassQuery: " + (wantsMassQuery ? 1 : 0) + "\n"
                        + (priority.isPresent() ? "Priority: " + priority.getAsInt() + "\n" : ""))
                .getBytes(StandardCharsets.UTF_8);
    }
}
