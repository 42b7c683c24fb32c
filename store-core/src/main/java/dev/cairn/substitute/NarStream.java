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

/**
 * The octets of a NAR as they come: downloaded by one thread, decompressed by another. What goes wrong in these shows
 * up as {@link SourceException} where the NAR is read. Used by one thread.
 */
final class NarStream implements AutoCloseable {
    /** How long the end of a download is waited for after the end of the archive, so that its connection can stay. */
    private static final long GRACE_MILLIS = 250;

    private final List<Thread> threads = new ArrayList<>();
    private final List<Pipe> pipes = new ArrayList<>();
    private final NarDigest digest;

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
    }

    /** Something that a thread does with a pipe. */
    private interface Stage {
        void run(Pipe pipe) throws IOException, FetchException;
    }

    /** @param progress takes octets downloaded */
    NarStream(Fetcher fetcher, Candidate candidate, Activities.Activity progress) {
        digest = new NarDigest(candidate.narHash().algorithm(), candidate.narSize());
        long size = candidate.downloadSize().orElse(candidate.narSize());
        FetchRequest request = FetchRequest.of(candidate.address()).atMost(limit(candidate));
        stage("download", size, pipe -> fetcher.fetch(request, pipe.beginning(), progress));
        InputStream compressed = pipes.getFirst().end();
        stage("decompress", candidate.narSize(), pipe -> {
            try (InputStream plain = new Decompressor(compressed, candidate.compression(), candidate.narSize())) {
                pipe.fill(plain, digest);
            }
        });
    }

    /** What a NAR may have on its way: a little more than it has itself, whatever compresses it. */
    private static long limit(Candidate candidate) {
        long size = Math.min(candidate.narSize(), FetchRequest.MAX_SIZE / 2);
        return size + size / 8 + (1 << 16);
    }

    private void stage(String name, long expected, Stage work) {
        Pipe pipe = new Pipe(expected);
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run(pipe);
                pipe.complete();
            } catch (FetchException e) {
                boolean troubled = e.kind() == FetchException.Kind.BROKEN || e.kind() == FetchException.Kind.UNREACHABLE;
                pipe.fail(new SourceException(e.reason(), troubled));
            } catch (SourceException e) {
                pipe.fail(e);
            } catch (DamagedException e) {
                pipe.fail(new SourceException("it is not what was promised: " + e.getMessage(), false));
            } catch (IOException | RuntimeException e) {
                pipe.fail(new SourceException(String.valueOf(e.getMessage()), false));
            }
        });
        threads.add(thread);
        pipes.add(pipe);
        thread.start();
    }

    /** The plain NAR. */
    InputStream octets() {
        return pipes.getLast().end();
    }

    /** The hashes of what {@link #octets} gave. */
    NarDigest digest() {
        return digest;
    }

    /** The archive is complete: the end of the download may come by itself for a moment. */
    void awaitEnd() throws InterruptedIOException {
        try {
            threads.getFirst().join(GRACE_MILLIS);
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
        pipes.forEach(Pipe::release);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
