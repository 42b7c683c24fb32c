// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Optional;

/** A daemon answers, but the folder in which its store is looked for does not exist. */
public final class StoreElsewhereException extends CairnException {
    /** @param address of the daemon */
    StoreElsewhereException(String address, Path folder) {
        super(
                "the daemon at '" + address + "' answers, but its store is not in '" + folder + "'",
                Optional.of("Say below which folder it is, as in /FILE?root=/FOLDER."),
                Optional.empty());
    }
}
