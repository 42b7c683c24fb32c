// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.build.builtin.Builtin;
import dev.cairn.build.builtin.Builtins;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Cairn's own builders, run here. */
public final class Builders implements LocalBuilders {
    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(Builtins.names());
    }

    @Override
    public void make(
            StorePath path,
            Derivation derivation,
            StoreLayout layout,
            SortedMap<String, Path> outputs,
            Path temporary,
            Activities.Activity activity)
            throws CairnException, IOException {
        Builtins.find(derivation.builder().substring("builtin:".length()))
                .orElseThrow()
                .build(new Builtin.Context(path, derivation, layout, outputs, temporary, activity));
    }
}
