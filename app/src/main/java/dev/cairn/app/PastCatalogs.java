// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.Channel;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Catalogs of channels as they were at other revisions: a file each, of which only some are kept. */
record PastCatalogs(Path folder) {
    private static final int KEPT = 4;

    static PastCatalogs in(Path folder) {
        return new PastCatalogs(folder);
    }

    /** The file for a channel at one revision. Those that were not used for longest go. */
    Path file(Channel channel) throws CairnException {
        String commit = channel.status().revision().map(ChannelRevision::commit).orElse("none");
        Path file = folder.resolve(channel.name() + "-" + commit + ".sqlite");
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            List<Path> others = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(other -> other.toString().endsWith(".sqlite") && !other.equals(file)).forEach(others::add);
            }
            others.sort(Comparator.comparing((Path other) -> other.toFile().lastModified()).reversed());
            for (Path old : others.subList(Math.min(KEPT - 1, others.size()), others.size())) {
                Files.deleteIfExists(old);
            }
            return file;
        } catch (IOException e) {
            throw DaemonException.of("making room for a catalog in '" + folder + "'", e);
        }
    }
}
