// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.Selection;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.Map;

/** Turns chosen packages into derivations: of the files, of their contents, and of the packages. */
final class DebianLowering {
    private DebianLowering() {}

    /**
     * @param items the package item of every chosen package; those of one circle of dependencies share one
     * @param contents the item of every chosen package's contents
     * @param origins how package items are made
     */
    record Lowered(
            Map<Candidate, StorePath> items,
            Map<Candidate, StorePath> contents,
            Map<StorePath, Selection.Origin> origins) {}

    /** Adds the derivations to the store; nothing is built. @param system such as {@code x86_64-linux} */
    static Lowered lower(Solution solution, String system, Daemon daemon) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
