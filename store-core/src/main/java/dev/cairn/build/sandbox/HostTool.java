// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.daemon.DaemonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A program of this machine that a builder of Cairn's own uses. */
public final class HostTool {
    /** Where programs are looked for. */
    public static final String PATH = "/run/current-system/profile/bin:/bin:/usr/bin";

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Path program;

    private HostTool(Path program) {
        this.program = program;
    }

    /** Takes what a program writes. */
    @FunctionalInterface
    public interface Output {
        void write(byte[] octets, int length) throws IOException;
    }

    /** Finds a program by its name. */
    public static Optional<HostTool> find(String name) {
        for (String folder : PATH.split(":")) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(new HostTool(candidate));
            }
        }
        return Optional.empty();
    }

    /**
     * Runs the program to its end; nothing it started in its session is left then.
     *
     * @param arguments octet strings, as are the variables
     * @throws InterruptedIOException when the thread is interrupted
     */
    public ExitStatus run(List<String> arguments, SortedMap<String, String> environment, Path folder, Output output)
            throws DaemonException, IOException {
        StartedBuilder started = OpenBuilders.start(
                Instructions.name(program),
                arguments,
                environment,
                folder,
                new Platform(Platform.NO_RANDOMISATION, "", false),
                Optional.empty());
        Thread runner = Thread.currentThread();
        // Reading cannot be interrupted; ending what writes ends it.
        Thread watch = Thread.ofVirtual().start(() -> {
            try {
                while (!started.await(LOOK_EVERY)) {
                    if (runner.isInterrupted()) {
                        started.kill();
                    }
                }
            } catch (InterruptedException _) {
                // It has ended.
            }
        });
        try (InputStream in = started.output()) {
            byte[] buffer = new byte[4096];
            int n = in.read(buffer);
            while (n >= 0) {
                output.write(buffer, n);
                n = in.read(buffer);
            }
            while (!started.await(LOOK_EVERY)) {
                // It closed its output and goes on.
            }
            if (runner.isInterrupted()) {
                throw new InterruptedIOException("interrupted while '" + program + "' ran");
            }
            return started.status();
        } catch (InterruptedException _) {
            runner.interrupt();
            throw new InterruptedIOException("interrupted while '" + program + "' ran");
        } finally {
            started.kill();
            watch.interrupt();
        }
    }
}
