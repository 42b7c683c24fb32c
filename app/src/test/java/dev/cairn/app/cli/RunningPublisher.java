// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code cairn publish} on a thread of its own, until it is interrupted. */
final class RunningPublisher implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("publishing \\S+ at http://localhost:([0-9]+)");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final Thread thread;
    private final int port;

    private RunningPublisher(Path store, String... arguments) throws InterruptedException {
        Map<String, String> environment = Map.of("HOME", store.toString());
        String[] all = Stream.concat(Stream.of("publish", "--store-root=" + store), Stream.of(arguments))
                .toArray(String[]::new);
        CommandLineProgram program = CommandLineProgram.on(
                environment, InputStream.nullInputStream(), OutputStream.nullOutputStream(), err,
                choices -> Workspace.of(environment, choices));
        thread = Thread.ofPlatform().start(() -> code.set(program.run(all)));
        Matcher started = STARTED.matcher(said());
        while (!started.find()) {
            assertThat(thread.isAlive()).as(said()).isTrue();
            Thread.sleep(10);
            started = STARTED.matcher(said());
        }
        port = Integer.parseInt(started.group(1));
    }

    /** Starts one. @param store the root of the store; @param arguments the port among them */
    static RunningPublisher start(Path store, String... arguments) throws InterruptedException {
        return new RunningPublisher(store, arguments);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** What it wrote to standard error so far. */
    String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Interrupts it. @return its exit code */
    int stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return code.get();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
