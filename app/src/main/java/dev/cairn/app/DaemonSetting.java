// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import dev.cairn.fs.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which daemon the user chose to work with, if not the own store: one line in {@code daemon} of the configuration. */
public final class DaemonSetting {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonSetting.class);
    private static final long LONGEST = 4096;

    private final Path file;

    DaemonSetting(Folders folders) {
        this.file = folders.configuration().resolve("daemon");
    }

    /** The address, not looked at yet. */
    public Optional<String> read() {
        try {
            if (Files.size(file) > LONGEST) {
                LOG.warn("'{}' is too long to be the address of a daemon", file);
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot read which daemon was chosen: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Remembers an address; without one, the own store is worked on. */
    public void write(Optional<String> address) throws CairnException {
        try {
            if (address.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            DaemonPlace.parse(address.get());
            Files.createDirectories(file.getParent());
            AtomicFiles.write(file, (address.get() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    file, "it cannot be written: " + e.getMessage(), "Check who owns the folder.", Optional.of(e));
        }
    }
}
