// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Something to be realised, as Nix's dialect names it (daemon, section 17). */
sealed interface DerivedPath {
    /** From this minor version on, a derivation alone means itself, not its outputs. */
    int EXPLICIT_OUTPUTS = 30;

    /** The item itself. */
    record Item(StorePath path) implements DerivedPath {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Outputs of a derivation. @param outputs their names; empty for all */
    record Built(StorePath derivation, SortedSet<String> outputs) implements DerivedPath {
        BuildTarget target() {
            return new BuildTarget(derivation, outputs);
        }

        @Override
        public String toString() {
            return derivation + "!" + (outputs.isEmpty() ? "*" : String.join(",", outputs));
        }
    }

    /** Reads a list of them. */
    static List<DerivedPath> readAll(WireReader in, StoreDirectory store, ProtocolVersion version)
            throws IOException {
        List<DerivedPath> paths = new ArrayList<>();
        for (String text : in.readTexts()) {
            paths.add(parse(text, store, version.atLeast(EXPLICIT_OUTPUTS)));
        }
        return paths;
    }

    private static DerivedPath parse(String text, StoreDirectory store, boolean explicit) throws WireException {
        int mark = text.indexOf('!');
        try {
            if (mark < 0) {
                StorePath path = store.parse(text);
                return explicit || !path.isDerivation() ? new Item(path) : new Built(path, new TreeSet<>());
            }
            String outputs = text.substring(mark + 1);
            return new Built(
                    store.parse(text.substring(0, mark)),
                    outputs.equals("*") ? new TreeSet<>() : new TreeSet<>(Arrays.asList(outputs.split(","))));
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }
}
