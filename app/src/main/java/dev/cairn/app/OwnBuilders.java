// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.bridge.maker.LocalBuilders;
import dev.cairn.build.builtin.Builtin;
import dev.cairn.build.builtin.Builtins;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;

/** Cairn's own builders, run in this process for a daemon that lacks them. */
final class OwnBuilders implements LocalBuilders {
    private static final String PREFIX = "builtin:";

    private final Proxies proxies;

    OwnBuilders(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public SortedSet<String> names() {
        return Builtins.names();
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
        Builtin builtin = Builtins.find(derivation.builder().substring(PREFIX.length())).orElseThrow();
        Fetcher fetcher = new Fetcher(proxies, Patience.USUAL);
        builtin.build(new Builtin.Context(path, derivation, layout, outputs, temporary, fetcher, activity));
    }
}
