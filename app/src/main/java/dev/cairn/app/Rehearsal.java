// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.cairn.app.cli.CommandLineProgram;
import dev.cairn.app.tour.Tour;
import dev.cairn.daemon.HostSystem;
import dev.cairn.debian.Architectures;
import dev.cairn.error.CairnException;
import dev.cairn.fs.FileTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Window;

/**
 * A short run through what people do, in a throw-away home, from which the JVM learns for its start-up caches (JEP
 * 514). The launcher has it run once after a build; nothing depends on how far it gets.
 */
public final class Rehearsal {
    /** Frames until a window has loaded what it shows first. */
    private static final int FRAMES = 30;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("search", "hello"),
            List.of("search", "--json", "hello"),
            List.of("show", "hello"),
            List.of("show", "--json", "hello"),
            List.of("install", "hello@1.0"),
            List.of("install", "--dry-run", "hello"),
            List.of("upgrade"),
            List.of("list"),
            List.of("list", "--json"),
            List.of("generations"),
            List.of("generations", "--json"),
            List.of("graph", "hello"),
            List.of("graph", "-t", "references", "hello"),
            List.of("shellenv"),
            List.of("roll-back"),
            List.of("switch-generation", "2"),
            List.of("remove", "hello"),
            List.of("install", "no-such-package"),
            List.of("hash", "/proc/self/status"),
            List.of("gc", "--dry-run"),
            List.of("gc"),
            List.of("verify"));

    private Rehearsal() {}

    /** @param arguments {@code cli} or {@code window} */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Logs.toFolder(Folders.of(environment).state());
        Installation.here().useNativeLibraries();
        if (arguments[0].equals("window")) {
            window();
        } else {
            try (Interruption _ = Interruption.ofThisThread()) {
                commands(environment, COMMANDS);
                archive(environment);
                listing(environment);
                daemon(environment);
                cache(environment);
            } catch (IOException | CairnException e) {
                // What was learnt before is kept.
                System.err.println("not all can be rehearsed: " + e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        System.exit(0);
    }

    private static void commands(Map<String, String> environment, List<List<String>> commands) {
        commands.forEach(command -> command(environment, command));
    }

    private static void command(Map<String, String> environment, List<String> command) {
        CommandLineProgram.on(
                        environment,
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        System.err,
                        choices -> Workspace.of(environment, choices))
                .run(command.toArray(String[]::new));
    }

    private static void daemon(Map<String, String> environment)
            throws IOException, CairnException, InterruptedException {
        Path folder = Files.createTempDirectory("cairn-rehearsal");
        try {
            new RehearsalDaemon(folder, command -> command(environment, command)).run();
        } finally {
            FileTrees.delete(folder);
        }
    }

    private static void cache(Map<String, String> environment) throws IOException, CairnException {
        Path folder = Files.createTempDirectory("cairn-rehearsal");
        try {
            new RehearsalCache(folder, command -> command(environment, command)).run();
        } finally {
            FileTrees.delete(folder);
        }
    }

    /** What people do with an archive of Debian packages; this one is served by this process. */
    private static void archive(Map<String, String> environment) throws IOException {
        Path folder = Files.createTempDirectory("cairn-rehearsal");
        HttpServer server = server(folder);
        try {
            String architecture = Architectures.of(HostSystem.name());
            new RehearsalArchive(folder, architecture).write();
            server.start();
            String address = "http:/" + server.getAddress();
            commands(
                    environment,
                    List.of(
                            List.of(
                                    "channel",
                                    "add",
                                    "rehearsal",
                                    "deb [arch=" + architecture + " trusted=yes] " + address + " stable main"),
                            List.of("pull", "rehearsal"),
                            List.of("search", "rehearsal"),
                            List.of("show", RehearsalArchive.PACKAGE),
                            List.of("install", "rehearsal-5"),
                            List.of("install", RehearsalArchive.PACKAGE),
                            List.of("upgrade"),
                            List.of("remove", RehearsalArchive.PACKAGE),
                            List.of("install", "rehearsal-40", RehearsalArchive.PACKAGE)));
        } finally {
            server.stop(0);
            FileTrees.delete(folder);
        }
    }

    /** What people do with a listing of Guix's packages; a service that files stand for has it. */
    private static void listing(Map<String, String> environment) throws IOException {
        Path folder = Files.createTempDirectory("cairn-rehearsal");
        HttpServer server = server(folder);
        try {
            RehearsalListing listing = new RehearsalListing(folder);
            listing.write();
            listing.offer(1);
            server.start();
            commands(
                    environment,
                    List.of(
                            List.of("channel", "add", "listing", "http:/" + server.getAddress(), "--type=guix"),
                            List.of("pull", "listing"),
                            List.of("pull", "listing")));
            listing.offer(2);
            commands(
                    environment,
                    List.of(
                            List.of("pull", "listing"),
                            List.of("search", "listed"),
                            List.of("show", "listed-00001"),
                            List.of("pull", "--list-generations", "listing"),
                            List.of("pull", "--roll-back", "listing"),
                            List.of("channel", "remove", "listing")));
        } finally {
            server.stop(0);
            FileTrees.delete(folder);
        }
    }

    private static HttpServer server(Path folder) {
        return SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, OutputLevel.NONE);
    }

    /** Opens the window without a display, says when it was first drawn, and closes it. */
    private static void window() {
        Tour.useHeadlessPlatform();
        Thread.ofPlatform().daemon().start(Rehearsal::watch);
        Main.Window.open();
    }

    private static void watch() {
        boolean started = false;
        while (!started) {
            try {
                Thread.sleep(2);
                Platform.runLater(() -> new Frames().start());
                started = true;
            } catch (IllegalStateException _) {
                // JavaFX is not up yet.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Counts frames from the first one of a window that is shown. */
    private static final class Frames extends AnimationTimer {
        private int count;

        @Override
        public void handle(long now) {
            if (Window.getWindows().isEmpty()) {
                return;
            }
            count++;
            if (count == 2) {
                // The one before it has been drawn.
                Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
                System.out.println(
                        "first frame after " + Duration.between(start, Instant.now()).toMillis() + " ms");
            }
            if (count == FRAMES) {
                stop();
                Platform.exit();
            }
        }
    }
}
