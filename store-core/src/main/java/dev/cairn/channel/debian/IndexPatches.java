// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.Compression;
import dev.cairn.debian.EdScript;
import dev.cairn.debian.PatchIndex;
import dev.cairn.debian.PatchIndex.FileDigest;
import dev.cairn.debian.PatchIndex.Patch;
import dev.cairn.debian.ReleaseFile;
import dev.cairn.debian.ReleaseFile.IndexFile;
import dev.cairn.error.FormatException;
import dev.cairn.http.FetchException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes an index of the one before and what has changed since, where the archive tells that ({@code Packages.diff}).
 * What comes of it is checked against the signed release like any index, so that no patch needs to be trusted; whatever
 * goes wrong, the whole index is fetched instead.
 */
final class IndexPatches {
    /** Patches that are not better fetched as the whole. */
    private static final int MOST = 30;

    /** Octets of a patch, which is read as a whole. */
    private static final long LONGEST = 32 << 20;

    private final FetchDownloads downloads;
    private final ReleaseFile release;

    IndexPatches(FetchDownloads downloads, ReleaseFile release) {
        this.downloads = downloads;
        this.release = release;
    }

    /**
     * Makes an index.
     *
     * @param name without suffix
     * @param file where it goes; nothing is there if this fails
     * @param whole octets to fetch for the whole one
     * @param earlier the one before
     * @param digest that one's SHA-256
     * @return whether it is there, as the release promises it
     */
    boolean make(String name, Path file, long whole, Path earlier, String digest) throws IOException {
        Optional<IndexFile> list = release.file(name + ".diff/Index").filter(entry -> !entry.weak());
        Optional<IndexFile> promised = release.file(name).filter(entry -> entry.sha256().isPresent());
        if (list.isEmpty() || promised.isEmpty() || list.get().size() > Math.min(whole, PatchIndex.LONGEST)) {
            return false;
        }
        Path part = file.resolveSibling(file.getFileName() + ".patch");
        Path from = file.resolveSibling(file.getFileName() + ".from");
        boolean made = false;
        try {
            if (downloads.find(list.get().name(), part, list.get().size(), Optional.empty()).isEmpty()) {
                return false;
            }
            IndexCheck.check(list.get(), part);
            PatchIndex index = PatchIndex.read(Files.readAllBytes(part));
            List<Patch> patches = index.from(digest);
            long size = list.get().size() + patches.stream().mapToLong(patch -> patch.download().size()).sum();
            if (patches.isEmpty() || patches.size() > MOST || size >= whole) {
                return false;
            }
            FetchFolder.link(earlier, from);
            for (Patch patch : patches) {
                EdScript script = EdScript.read(fetch(name, patch, part));
                try (InputStream in = new BufferedInputStream(Files.newInputStream(from));
                        OutputStream out = Files.newOutputStream(file)) {
                    script.apply(in, out);
                }
                Files.delete(from);
                Files.move(file, from);
            }
            IndexCheck.check(promised.get(), from);
            Files.move(from, file);
            made = true;
        } catch (FetchException | FetchProblem | FormatException _) {
            // The whole index tells what is wrong, if it does not come either.
            made = false;
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(from);
            if (!made) {
                Files.deleteIfExists(file);
            }
        }
        return made;
    }

    private byte[] fetch(String name, Patch patch, Path part)
            throws FetchException, FetchProblem, IOException {
        FileDigest packed = patch.download();
        if (packed.size() > LONGEST || patch.script().size() > LONGEST) {
            throw new FetchProblem("the patch '" + packed.name() + "' is very long", Optional.empty());
        }
        Files.deleteIfExists(part);
        String address = name + ".diff/" + packed.name();
        if (downloads.find(address, part, packed.size(), Optional.empty()).isEmpty()) {
            throw new FetchProblem("the archive does not have its patch '" + address + "'", Optional.empty());
        }
        IndexCheck.check(entry(packed), part);
        Path script = part.resolveSibling(part.getFileName() + ".script");
        try {
            IndexCheck.unpack(part, Compression.GZIP, script, Optional.of(entry(patch.script())), LONGEST);
            return Files.readAllBytes(script);
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private static IndexFile entry(FileDigest file) {
        return new IndexFile(file.name(), file.size(), Optional.of(file.sha256()), Optional.empty());
    }
}
