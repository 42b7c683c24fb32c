// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The derivations of a real distribution in the {@link SharedData}. */
public final class RealDerivations {
    /** How many there are. */
    public static final int COUNT = 28_585;

    private RealDerivations() {}

    /** Takes one of them. */
    @FunctionalInterface
    public interface Visitor {
        void visit(StorePath path, byte[] text) throws Exception;
    }

    /** Passes all of them to {@code visitor}, unpacking as it goes; skips the calling test if they are missing. */
    public static void forEach(Visitor visitor) throws Exception {
        try (InputStream in = SharedData.open("data/guix-derivations.tar.zst");
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    visitor.visit(StoreDirectory.GNU.item(entry.getName()), tar.readAllBytes());
                }
            }
        }
    }
}
