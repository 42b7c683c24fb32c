// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A running builder: its output goes to the log, and it is ended when it takes too long or is not wanted any more. */
final class BuilderProcess {
    private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();

    /** How long output is read that comes when the builder has ended; only without a sandbox can it go on. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final Process process;
    private final BuildLog log;

    /** How a builder ended. */
    sealed interface Ending {}

    /** @param code 0 for success, 128 and a signal number for death by signal */
    record Exited(int code) implements Ending {}

    /** It wrote nothing for too long. */
    record Silent() implements Ending {}

    /** It ran for too long. */
    record TooLong() implements Ending {}

    BuilderProcess(Process process, BuildLog log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Waits for the end. No process of the builder is left afterwards, except those that left it on purpose when it
     * was not isolated.
     *
     * @throws InterruptedIOException when the thread is interrupted
     */
    Ending await(BuildOptions options) throws IOException {
        long started = System.nanoTime();
        AtomicReference<IOException> broken = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> copy(broken));
        try {
            while (true) {
                long now = System.nanoTime();
                long whole = left(options.timeout(), now - started);
                long silence = left(options.maxSilence(), now - log.lastOutput());
                if (whole <= 0) {
                    return new TooLong();
                }
                if (silence <= 0) {
                    return new Silent();
                }
                long wait = Math.min(LOOK_EVERY, Math.min(whole, silence));
                if (process.waitFor(wait, TimeUnit.NANOSECONDS)) {
                    // In a sandbox what else it started has ended with it, and so has the pipe.
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    if (!reader.join(LINGER)) {
                        log.line("note: something that the builder left behind still runs; its output is not kept");
                    }
                    if (broken.get() != null) {
                        throw broken.get();
                    }
                    return new Exited(process.exitValue());
                }
                log.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while building");
        } finally {
            end(reader);
        }
    }

    private static long left(Duration limit, long used) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toNanos() - used;
    }

    private void copy(AtomicReference<IOException> broken) {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            int n = in.read(buffer);
            while (n >= 0) {
                log.write(buffer, 0, n);
                n = in.read(buffer);
            }
        } catch (IOException e) {
            broken.set(e);
        }
    }

    private void end(Thread reader) {
        boolean interrupted = Thread.interrupted();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean ended = false;
        while (!ended) {
            try {
                process.waitFor();
                reader.join(LINGER);
                ended = true;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
