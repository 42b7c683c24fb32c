// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.daemon.Daemon;
import dev.cairn.debian.BinaryPackage.ArchiveFile;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells how much has to be fetched. */
final class DebianDownloads {
    private DebianDownloads() {}

    /** Octets of the files of packages of which the store has neither the file nor the contents. */
    static long size(DebianLowering.Lowered lowered, Daemon daemon) throws CairnException {
        List<StorePath> items = new ArrayList<>(lowered.contents().values());
        items.addAll(lowered.files().values());
        Set<StorePath> valid = daemon.valid(items);
        long size = 0;
        for (Map.Entry<Candidate, StorePath> entry : lowered.files().entrySet()) {
            Candidate candidate = entry.getKey();
            if (!valid.contains(entry.getValue()) && !valid.contains(lowered.contents().get(candidate))) {
                size += candidate.description().file().map(ArchiveFile::size).orElse(0L);
            }
        }
        return size;
    }
}
