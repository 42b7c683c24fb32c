// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;

/** Compares the files of items with what is registered of them. */
final class ItemContents {
    private ItemContents() {}

    /** Whether an item's files are there and have the registered contents, or nobody knows which those are. */
    static boolean areThose(StoreLayout layout, PathInfo info) throws DaemonException {
        try {
            // Stores of old hold items whose hash nobody wrote down.
            return Arrays.equals(info.narHash().octets(), new byte[32])
                    || NarFiles.summarise(layout.physical(info.path())).hash().equals(info.narHash());
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw DaemonException.of("reading '" + info.path() + "'", e);
        } catch (IOException _) {
            // Something that cannot be read or archived is not what was registered.
            return false;
        }
    }
}
