// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.util.Optional;

/** Refuses names that items cannot have, in guix-daemon's words as well (daemon, section 4.1). */
final class ItemNames {
    private ItemNames() {}

    /** Computes the path of an item. */
    interface Naming {
        StorePath path() throws FormatException;
    }

    /** The path that {@code naming} computes. @param name the one that it may find to be bad */
    static StorePath checked(String name, Naming naming) throws DaemonException {
        try {
            return naming.path();
        } catch (FormatException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty(), wire(name));
        }
    }

    private static Optional<String> wire(String name) {
        if (name.startsWith(".")) {
            return Optional.of("invalid name: `" + name + "' (can't begin with dot)");
        }
        return name.chars()
                .filter(c -> !isAllowed(c))
                .mapToObj(c -> "invalid character `" + (char) c + "' in name `" + name + "'")
                .findFirst();
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+-._?=".indexOf(c) >= 0;
    }
}
