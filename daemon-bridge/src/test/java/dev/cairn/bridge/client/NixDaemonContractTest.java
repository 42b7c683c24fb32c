// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.testing.NixDaemonProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real nix-daemon behind the interface. */
class NixDaemonContractTest extends DaemonContract {
    private NixDaemonProcess nix;

    @Override
    protected Daemon open() throws CairnException, IOException {
        nix = NixDaemonProcess.start(folder);
        return SocketDaemon.open(new DaemonAddress.Local(nix.socket()), nix.layout());
    }

    @Override
    protected void addRoot(String name, StorePath item) throws IOException {
        Path roots = Files.createDirectories(nix.layout().gcRoots());
        Files.createSymbolicLink(roots.resolve(name), Path.of(item.toString()));
    }

    /** Nix has no signatures in archives, and takes what users bring that it trusts, as whoever started it. */
    @Override
    @Test
    protected void exportsItemsAndTakesNoneThatAreNotSigned() throws Exception {
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

    @AfterEach
    void endDaemon() {
        nix.close();
    }
}
