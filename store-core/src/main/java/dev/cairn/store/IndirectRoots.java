// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.encoding.Base32;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.fs.PosixLock;
import dev.cairn.fs.Symlinks;
import dev.cairn.gc.TemporaryRoots;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Registers links outside the store as roots: {@code gcroots/auto/HASH}, pointing to them (formats, section 9.1). */
final class IndirectRoots {
    private IndirectRoots() {}

    static void add(StoreLayout layout, Path link) throws IOException {
        byte[] name = Octets.of(link.toAbsolutePath().normalize());
        Path registered = layout.gcRoots()
                .resolve("auto")
                .resolve(Base32.encode(Hash.of(HashAlgorithm.SHA1, name).octets()));
        Path temporary = AtomicFiles.besides(registered);
        // A running collection has looked for roots already: the new one counts from the next on.
        try (PosixLock _ = PosixLock.acquire(TemporaryRoots.gcLock(layout), PosixLock.Mode.SHARED)) {
            Interrupts.shielded(() -> {
                try {
                    Symlinks.create(temporary, name);
                    Files.move(temporary, registered, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(temporary);
                }
            });
        }
    }
}
