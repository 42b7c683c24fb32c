// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.compression.DamagedException;
import dev.cairn.compression.Decompressor;
import dev.cairn.event.Activities;
import dev.cairn.http.FetchException;
import dev.cairn.http.FetchRequest;
import dev.cairn.http.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The octets of a NAR as they come. A large one is downloaded by one thread and decompressed by another. A small one is
 * taken whole and then decompressed by the thread that reads it: there are others beside it, so that no processor
 * waits, and what goes from thread to thread costs more than it gains. What goes wrong shows up as
 * {@link SourceException} where the NAR is read. Used by one thread.
 */
final class NarStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NarStream.class);

    /** How long the end of a download is waited for after the end of the archive, so that its connection can stay. */
    private static final long GRACE_MILLIS = 250;

    /** Octets of a NAR that is small. */
    private static final long SMALL = 8L << 20;

    private final List<Thread> threads = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();
    private final NarDigest digest;
    private final InputStream octets;

    /** The download failed, or what came cannot be decompressed. */
    static final class SourceException extends IOException {
        private final boolean troubled;

        /** @param troubled whether whoever sends it is likely to fail with other items, too */
        SourceException(String reason, boolean troubled) {
            super(reason);
            this.troubled = troubled;
        }

        boolean isTroubled() {
            return troubled;
        }

        private static SourceException of(Exception cause) {
            return switch (cause) {
                case FetchException e -> new SourceException(
                        e.reason(),
                        e.kind() == FetchException.Kind.BROKEN || e.kind() == FetchException.Kind.UNREACHABLE);
                case SourceException e -> e;
                case DamagedException e ->
                    new SourceException("it is not what was promised: " + e.getMessage(), false);
                default -> new SourceException(String.valueOf(cause.getMessage()), false);
            };
        }
    }

    /** Something that is done with a pipe. */
    private interface Stage {
        void run(Pipe pipe) throws IOException, FetchException;
    }

    /**
     * Waits for all of it if it is small.
     *
     * @param progress takes octets downloaded
     */
    NarStream(Fetcher fetcher, Candidate candidate, Activities.Activity progress) throws SourceException {
        digest = new NarDigest(candidate.narHash().algorithm(), candidate.narSize());
        long size = candidate.downloadSize().orElse(candidate.narSize());
        FetchRequest request = FetchRequest.of(candidate.address()).atMost(limit(candidate));
        Stage download = pipe -> fetcher.fetch(request, pipe.beginning(), progress);
        if (isTakenWhole(candidate)) {
            // What comes last before a limit shows may be beyond it.
            Pipe pipe = Pipe.forAll(size, (int) limit(candidate) + Piece.SIZE);
            pipes.add(pipe);
            run(download, pipe);
            octets = new HashedStream(plain(pipe, candidate), digest);
        } else {
            start("download", size, download);
            InputStream plain = plain(pipes.getFirst(), candidate);
            start("decompress", candidate.narSize(), pipe -> {
                try (plain) {
                    pipe.fill(plain, digest);
                }
            });
            octets = pipes.getLast().end();
        }
    }

    /** Whether an item is so small that all of what is downloaded is held in memory. */
    static boolean isTakenWhole(Candidate candidate) {
        return candidate.narSize() <= SMALL;
    }

    /** What a NAR may have on its way: a little more than it has itself, whatever compresses it. */
    private static long limit(Candidate candidate) {
        long size = Math.min(candidate.narSize(), FetchRequest.MAX_SIZE / 2);
        return size + size / 8 + (1 << 16);
    }

    private static InputStream plain(Pipe compressed, Candidate candidate) {
        return new Decompressor(compressed.end(), candidate.compression(), candidate.narSize());
    }

    private static void run(Stage work, Pipe pipe) throws SourceException {
        try {
            work.run(pipe);
            pipe.complete();
        } catch (IOException | FetchException | RuntimeException e) {
            throw SourceException.of(e);
        }
    }

    private void start(String name, long expected, Stage work) {
        Pipe pipe = new Pipe(expected);
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                run(work, pipe);
            } catch (SourceException e) {
                pipe.fail(e);
            }
        });
        threads.add(thread);
        pipes.add(pipe);
        thread.start();
    }

    /** The plain NAR. */
    InputStream octets() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                try {
                    return octets.read(to, offset, length);
                } catch (InterruptedIOException e) {
                    throw e;
                } catch (IOException | RuntimeException e) {
                    throw SourceException.of(e);
                }
            }
        };
    }

    /** The hashes of what {@link #octets} gave. */
    NarDigest digest() {
        return digest;
    }

    /** The archive is complete: the end of the download may come by itself for a moment. */
    void awaitEnd() throws InterruptedIOException {
        try {
            for (Thread thread : threads.stream().limit(1).toList()) {
                thread.join(GRACE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while downloading");
        }
    }

    /** Ends the threads and waits for them. */
    @Override
    public void close() {
        boolean interrupted = false;
        pipes.forEach(Pipe::refuse);
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        closeOctets();
        pipes.forEach(Pipe::release);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeOctets() {
        try {
            octets.close();
        } catch (IOException e) {
            // What was read of it is what counts.
            LOG.debug("a decompressor did not close", e);
        }
    }
}
