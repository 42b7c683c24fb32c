// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts the names that items have in a daemon's store in place of those that derivations call them. */
final class Renaming {
    private final Map<String, String> baseNames = new LinkedHashMap<>();

    void add(StorePath item, StorePath name) {
        if (!item.equals(name)) {
            baseNames.put(item.baseName(), name.baseName());
        }
    }

    boolean isEmpty() {
        return baseNames.isEmpty();
    }

    /** A text of octets, each a character, with new names; the two names of an item are equally long. */
    String in(String octets) {
        String renamed = octets;
        for (Map.Entry<String, String> name : baseNames.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    /** The contents of a file with new names, if there are any in it. */
    Optional<byte[]> in(byte[] contents) {
        String octets = new String(contents, StandardCharsets.ISO_8859_1);
        String renamed = in(octets);
        return renamed.equals(octets) ? Optional.empty() : Optional.of(renamed.getBytes(StandardCharsets.ISO_8859_1));
    }
}
