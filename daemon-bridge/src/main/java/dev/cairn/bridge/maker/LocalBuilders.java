// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;

/** Builders named {@code builtin:NAME} that can be run in this process. */
public interface LocalBuilders {
    /** What follows {@code builtin:} in their names. */
    SortedSet<String> names();

    /**
     * Makes the outputs of a derivation.
     *
     * @param path the derivation's own item
     * @param layout of the store that has the inputs
     * @param outputs by output name, where to write it: nothing is there yet, the folder it goes to exists
     * @param temporary an empty folder for anything else
     */
    void make(
            StorePath path,
            Derivation derivation,
            StoreLayout layout,
            SortedMap<String, Path> outputs,
            Path temporary,
            Activities.Activity activity)
            throws CairnException, IOException;
}
