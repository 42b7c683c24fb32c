// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a package's outputs are made, with the arguments of its definition. */
public sealed interface BuildSystem {
    /** Whether the build sees the programs of the host. */
    default boolean impure() {
        return false;
    }

    /**
     * Writes files, running nothing.
     *
     * @param files output to path to what is there
     */
    record Files(SortedMap<String, SortedMap<String, FileEntry>> files) implements BuildSystem {
        public Files {
            SortedMap<String, SortedMap<String, FileEntry>> copy = new TreeMap<>();
            files.forEach((output, entries) ->
                    copy.put(output, Collections.unmodifiableSortedMap(new TreeMap<>(entries))));
            files = Collections.unmodifiableSortedMap(copy);
        }
    }

    /**
     * Unpacks the source.
     *
     * @param strip leading components of names that are dropped
     */
    record Archive(int strip) implements BuildSystem {}

    /**
     * Runs a shell script.
     *
     * @param script its text, with references
     * @param hostTools whether the host's programs are there
     * @param shell what runs it, with references; only empty with {@code hostTools}, then the host's {@code /bin/sh}
     * @param environment more variables, their values with references
     */
    record Script(String script, boolean hostTools, Optional<String> shell, SortedMap<String, String> environment)
            implements BuildSystem {
        public Script {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }

        @Override
        public boolean impure() {
            return hostTools;
        }
    }
}
