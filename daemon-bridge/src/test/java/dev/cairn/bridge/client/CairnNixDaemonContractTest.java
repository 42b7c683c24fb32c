// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cairn's own daemon behind the interface, in Nix's dialect. */
class CairnNixDaemonContractTest extends CairnDaemonContractTest {
    @Override
    Dialect dialect() {
        return Dialect.NIX;
    }

    /** Nix has no signatures in archives, and takes what users bring that it trusts. */
    @Override
    @Test
    protected void exportsItemsAndTakesNoneThatAreNotSigned() throws Exception {
        Namespaces.assumeRoot();
        StorePath item = text("item");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(archive);
        writer.beginItem();
        daemon.exportItem(item, false, archive);
        writer.end();
        collect(CollectionRequest.deleteDead(Optional.empty(), false));
        assertThat(daemon.isValid(item)).isFalse();
        assertThat(daemon.importItems(new ByteArrayInputStream(archive.toByteArray()), EventSink.NONE))
                .containsExactly(item);
        assertThat(daemon.isValid(item)).isTrue();
    }
}
