// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.daemon.DaemonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that {@link Spawner} started. */
final class SpawnedBuilder implements StartedBuilder {
    private static final int MAX_REASON = 4096;

    private final Spawner spawner;
    private final Spawner.Child child;
    private final InputStream output;

    private SpawnedBuilder(Spawner spawner, Spawner.Child child, InputStream output) {
        this.spawner = spawner;
        this.child = child;
        this.output = output;
    }

    /** Starts a process without waiting until it is set up. */
    static SpawnedBuilder start(int flags, Instructions instructions) throws IOException {
        Spawner spawner = Spawner.get();
        try (LogPipe pipe = LogPipe.open()) {
            boolean started = false;
            try {
                Spawner.Child child = spawner.start(pipe, flags, instructions);
                started = true;
                return new SpawnedBuilder(spawner, child, pipe.reader());
            } finally {
                if (!started) {
                    pipe.reader().close();
                }
            }
        }
    }

    /**
     * Starts a process and waits until it is about to become the builder.
     *
     * @throws DaemonException.StoreIo when it cannot be set up
     */
    static SpawnedBuilder startReady(int flags, Instructions instructions) throws DaemonException, IOException {
        SpawnedBuilder builder = start(flags, instructions);
        boolean ready = false;
        try {
            Optional<String> trouble = trouble(builder.output());
            if (trouble.isPresent()) {
                throw new DaemonException.StoreIo(
                        trouble.get(),
                        Optional.of("Builders are isolated by namespaces of the kernel, which something on this "
                                + "machine did not allow."),
                        Optional.empty());
            }
            ready = true;
            return builder;
        } finally {
            if (!ready) {
                builder.kill();
                builder.output().close();
            }
        }
    }

    /** The first line says what went wrong, or nothing. */
    private static Optional<String> trouble(InputStream output) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = output.read();
        while (octet >= 0 && octet != '\n' && line.size() < MAX_REASON) {
            line.write(octet);
            octet = output.read();
        }
        if (octet < 0 && line.size() == 0) {
            return Optional.of("while setting up the child process: it ended without a word");
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8)).filter(text -> !text.isEmpty());
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        try {
            child.status().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ExitStatus status() {
        return child.status().join();
    }

    /** Waits for the end. */
    ExitStatus untilEnded() {
        return child.status().join();
    }

    @Override
    public void kill() {
        if (!child.status().isDone()) {
            spawner.kill(child);
        }
    }
}
