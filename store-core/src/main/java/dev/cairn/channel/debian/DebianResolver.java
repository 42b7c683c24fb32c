// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import java.util.List;

/** Resolves packages of all archives together, as packages of one archive depend on those of another. */
public final class DebianResolver implements JointResolver {
    /** Sets what is chosen from; to be called before anything is resolved. */
    public void use(List<DebianChannel> channels) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean governs(ManifestEntry installed) {
        return installed.properties().containsKey(ManifestEntry.DEBIAN);
    }

    @Override
    public Selection select(Wish wish, Daemon daemon) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
