// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.ExitStatus;
import dev.cairn.build.sandbox.StartedBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A running builder: its output goes to the log, and it is ended when it takes too long or is not wanted any more. */
final class BuilderProcess {
    private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();

    /** How long output is read that comes when the builder has ended; only without a sandbox can it go on. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final StartedBuilder builder;
    private final BuildLog log;
    private final BuildTerms terms;
    private boolean killed;

    /** How a builder ended. */
    sealed interface Ending {}

    /** By itself. */
    record Exited(ExitStatus status) implements Ending {}

    /** It wrote nothing for too long. */
    record Silent() implements Ending {}

    /** It ran for too long. */
    record TooLong() implements Ending {}

    /** It wrote too much. */
    record TooMuch() implements Ending {}

    BuilderProcess(StartedBuilder builder, BuildLog log, BuildTerms terms) {
        this.builder = builder;
        this.log = log;
        this.terms = terms;
    }

    /**
     * Waits for the end. No process of the builder is left afterwards, except those that left it on purpose when it
     * was not isolated.
     *
     * @throws InterruptedIOException when the thread is interrupted
     */
    Ending await() throws IOException {
        long started = System.nanoTime();
        AtomicReference<IOException> broken = new AtomicReference<>();
        // Not a virtual one: to wait at this pipe holds a thread of the platform's, and there are as many as processors.
        Thread reader = Thread.ofPlatform().daemon().name("log of a builder").start(() -> copy(broken));
        boolean ended = false;
        try {
            while (true) {
                long now = System.nanoTime();
                long whole = left(terms.options().timeout(), now - started);
                long silence = left(terms.options().maxSilence(), now - Math.max(started, log.lastOutput()));
                if (whole <= 0) {
                    return new TooLong();
                }
                if (silence <= 0) {
                    return new Silent();
                }
                if (isTooMuch()) {
                    return new TooMuch();
                }
                if (builder.await(Duration.ofNanos(Math.min(LOOK_EVERY, Math.min(whole, silence))))) {
                    ended = true;
                    if (!reader.join(LINGER)) {
                        log.line("note: something that the builder left behind still runs; its output is not kept");
                    }
                    if (broken.get() != null) {
                        throw broken.get();
                    }
                    return isTooMuch() ? new TooMuch() : new Exited(builder.status());
                }
                log.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while building");
        } finally {
            killed = !ended;
            end(reader);
        }
    }

    /** Whether it was ended by force. */
    boolean wasKilled() {
        return killed;
    }

    private boolean isTooMuch() {
        long limit = terms.settings().maxLogSize();
        return limit > 0 && log.size() > limit;
    }

    private static long left(Duration limit, long used) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toNanos() - used;
    }

    private void copy(AtomicReference<IOException> broken) {
        byte[] buffer = new byte[4096];
        try (InputStream in = builder.output()) {
            int n = in.read(buffer);
            while (n >= 0) {
                log.write(buffer, 0, n);
                if (isTooMuch()) {
                    builder.kill();
                    return;
                }
                n = in.read(buffer);
            }
        } catch (IOException e) {
            broken.set(e);
        }
    }

    private void end(Thread reader) {
        boolean interrupted = Thread.interrupted();
        builder.kill();
        boolean ended = false;
        while (!ended) {
            try {
                ended = builder.await(LINGER);
                reader.join(LINGER);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
