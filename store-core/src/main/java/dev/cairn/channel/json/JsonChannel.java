// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.Channel;
import dev.cairn.channel.Resolution;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import java.nio.file.Path;

/** A channel in a directory or git checkout: {@code channel.json} and {@code packages/**.json}. */
public final class JsonChannel implements Channel {
    /** Opens the channel in a folder; only {@code channel.json} is read now. */
    public static JsonChannel open(Path folder) throws CairnException {
        throw new UnsupportedOperationException();
    }

    private JsonChannel() {}

    @Override
    public String name() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Resolution resolve(CatalogPackage wanted, String system, Daemon daemon) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
