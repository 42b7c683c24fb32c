// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.Compression;
import dev.cairn.debian.ReleaseFile;
import dev.cairn.debian.ReleaseFile.IndexFile;
import dev.cairn.error.CairnException;
import dev.cairn.http.FetchException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** Fetches indices that a release lists, in whichever form is best, and checks them against it. */
final class IndexFetch {
    /** Octets of an index that the release says nothing about. */
    private static final long MAX_SIZE = 1L << 30;

    /** The smallest first, as it is the network that takes time. */
    private static final List<Compression> FORMS =
            List.of(Compression.ZSTD, Compression.XZ, Compression.GZIP, Compression.BZIP2, Compression.NONE);

    /** The quickest to read first. */
    private static final List<Compression> LOCAL_FORMS =
            List.of(Compression.NONE, Compression.ZSTD, Compression.GZIP, Compression.XZ, Compression.BZIP2);

    /** As many at once as there are processors; everything else may wait for the network side by side. */
    private static final Semaphore UNPACKING = new Semaphore(Runtime.getRuntime().availableProcessors());

    private final FetchDownloads downloads;
    private final ArchiveReading reading;
    private final Optional<ReleaseFile> release;
    private final Optional<ReleaseFile> before;

    /** @param before the release that earlier files are of */
    IndexFetch(FetchJob job, Optional<ReleaseFile> release, Optional<ReleaseFile> before) {
        this.downloads = job.downloads();
        this.reading = job.source().reading();
        this.release = release;
        this.before = before;
    }

    /** Whether the release lists an index in any form; without a release that shows only when it is fetched. */
    boolean isListed(String name) {
        return release.isEmpty() || FORMS.stream().anyMatch(form -> listed(name + form.suffix()).isPresent());
    }

    /**
     * Fetches an index and unpacks it.
     *
     * @param name without suffix, such as {@code main/binary-amd64/Packages}
     * @param file where it goes
     * @param earlier where the one of the earlier release is
     * @return whether it differs from that
     * @throws FetchProblem when no form of it can be had as the release promises
     */
    boolean fetch(String name, Path file, Optional<Path> earlier) throws CairnException, IOException {
        if (earlier.isPresent() && isSame(name, earlier.get())) {
            FetchFolder.link(earlier.get(), file);
            return false;
        }
        if (earlier.isPresent() && isPatched(name, file, earlier.get())) {
            return true;
        }
        FetchProblem problem = new FetchProblem(
                "the archive does not have its list '" + name + "'",
                "It may be in the middle of an update: try again later.");
        for (Compression form : downloads.isLocal() ? LOCAL_FORMS : FORMS) {
            Optional<IndexFile> entry = listed(name + form.suffix());
            if (release.isPresent() && entry.isEmpty()) {
                continue;
            }
            try {
                if (fetch(name, form, entry, file)) {
                    return earlier.isEmpty() || Files.mismatch(earlier.get(), file) >= 0;
                }
            } catch (FetchProblem e) {
                Files.deleteIfExists(file);
                problem = e;
            }
        }
        throw problem;
    }

    /** Whether both releases promise the same contents; those of the earlier one are here and were checked. */
    private boolean isSame(String name, Path earlier) throws IOException {
        if (release.isEmpty() || before.isEmpty() || !Files.exists(earlier)) {
            return false;
        }
        Optional<IndexFile> plain = listed(name);
        if (plain.isPresent()) {
            return plain.equals(before.get().file(name)) && Files.size(earlier) == plain.get().size();
        }
        return FORMS.stream()
                .map(form -> listed(name + form.suffix()))
                .flatMap(Optional::stream)
                .anyMatch(entry -> Optional.of(entry).equals(before.get().file(entry.name())));
    }

    /** Whether the earlier index could be made into this one. Of a local archive the whole is quicker. */
    private boolean isPatched(String name, Path file, Path earlier) throws IOException {
        Optional<String> digest = before.flatMap(known -> known.file(name)).flatMap(IndexFile::sha256);
        OptionalLong whole = FORMS.stream()
                .map(form -> listed(name + form.suffix()))
                .flatMap(Optional::stream)
                .mapToLong(IndexFile::size)
                .min();
        return reading.patches()
                && !downloads.isLocal()
                && digest.isPresent()
                && whole.isPresent()
                && new IndexPatches(downloads, release.orElseThrow())
                        .make(name, file, whole.getAsLong(), earlier, digest.get());
    }

    private Optional<IndexFile> listed(String name) {
        return release.flatMap(known -> known.file(name));
    }

    /** @return false if the archive does not have this form */
    private boolean fetch(String name, Compression form, Optional<IndexFile> entry, Path file)
            throws CairnException, IOException {
        if (entry.filter(IndexFile::weak).isPresent()) {
            throw new FetchProblem(
                    "the release names '" + name + "' only by digests that are no longer safe (MD5, SHA-1)",
                    "Tell the people who keep the archive.");
        }
        Path packed = file.resolveSibling(file.getFileName() + ".download");
        Files.deleteIfExists(packed);
        if (!download(name + form.suffix(), entry, packed)) {
            return false;
        }
        if (entry.isPresent()) {
            IndexCheck.check(entry.get(), packed);
        }
        try {
            UNPACKING.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while unpacking");
        }
        try {
            IndexCheck.unpack(packed, form, file, listed(name), MAX_SIZE);
        } finally {
            UNPACKING.release();
            Files.deleteIfExists(packed);
        }
        return true;
    }

    private boolean download(String name, Optional<IndexFile> entry, Path file) throws CairnException, IOException {
        long limit = entry.map(IndexFile::size).orElse(MAX_SIZE);
        Optional<String> byHash = release.filter(this::hasByHash).flatMap(_ -> entry).map(IndexFetch::byHash);
        try {
            return byHash.isPresent()
                            && downloads.find(byHash.get(), file, limit, Optional.empty()).isPresent()
                    || downloads.find(name, file, limit, Optional.empty()).isPresent();
        } catch (FetchException e) {
            if (e.kind() == FetchException.Kind.TOO_LARGE) {
                throw new FetchProblem("the list '" + name + "' is longer than the release says: " + e.reason(),
                        "The archive may be in the middle of an update: try again later.");
            }
            throw e;
        }
    }

    private boolean hasByHash(ReleaseFile known) {
        return switch (reading.byHash()) {
            case NEVER -> false;
            case OFFERED -> known.byHash();
            case ALWAYS -> true;
        };
    }

    private static String byHash(IndexFile entry) {
        String folder = entry.name().substring(0, entry.name().lastIndexOf('/') + 1);
        return folder + "by-hash/"
                + entry.sha256().map(digest -> "SHA256/" + digest)
                        .or(() -> entry.sha512().map(digest -> "SHA512/" + digest))
                        .orElseThrow();
    }
}
