// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.Root;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, one of which is killed without warning. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashTest {
    private static final int ROUNDS = 12;

    @TempDir
    Path folder;

    private StoreLayout layout;

    @BeforeEach
    void makeLayout() {
        layout = new StoreLayout(StoreDirectory.GNU, folder);
    }

    @Test
    void aProcessKilledWhileAddingAndCollectingLeavesASoundStore() throws Exception {
        Random random = new Random(20261122);
        int total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> kept = new ArrayList<>();
            Process child = start("work", Integer.toString(round));
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("ready");
                // From the very beginning in some rounds, and in others when something is there to lose.
                for (int line = 0; line < round % 4; line++) {
                    kept.add(lines.readLine().replace(";", ""));
                }
                Thread.sleep(random.nextInt(250));
                kill(child);
                // A line that the kill cut short has no end and tells nothing.
                lines.lines().filter(line -> line.endsWith(";")).forEach(line -> kept.add(line.replace(";", "")));
            }
            try (Daemon daemon = LocalStore.open(layout)) {
                VerificationReport report = daemon.verify(true, EventSink.NONE);
                assertThat(report.isSound()).as("round %d: %s", round, report).isTrue();
                for (String name : kept) {
                    assertThat(daemon.isValid(StoreDirectory.GNU.parse(name))).as(name).isTrue();
                }
                daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
                assertThat(daemon.collectGarbage(CollectionRequest.listDead(), EventSink.NONE).paths()).isEmpty();
                total += kept.size();
                for (String name : kept) {
                    assertThat(daemon.isValid(StoreDirectory.GNU.parse(name))).as(name).isTrue();
                }
            }
        }
        assertThat(total).as("items that outlived a kill").isPositive();
    }

    @Test
    void temporaryRootsHoldAsLongAsTheirProcess() throws Exception {
        Process child = start("hold");
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8);
                Daemon daemon = LocalStore.open(layout)) {
            StorePath item = StoreDirectory.GNU.parse(lines.readLine());
            assertThat(daemon.roots())
                    .containsExactly(new Root(Root.Kind.TEMPORARY, "pid " + child.pid(), item));
            CollectionRequest everything = CollectionRequest.deleteDead(Optional.empty(), false);
            assertThat(daemon.collectGarbage(everything, EventSink.NONE).paths()).isEmpty();
            assertThat(daemon.isValid(item)).isTrue();
            child.destroyForcibly().waitFor();
            assertThat(daemon.collectGarbage(everything, EventSink.NONE).paths()).containsExactly(item.toString());
            assertThat(layout.tempRoots().resolve(Long.toString(child.pid()))).doesNotExist();
        }
    }

    /** Unlike {@link Process#destroyForcibly}, leaves what the process wrote to be read. */
    private static void kill(Process process) throws Exception {
        new ProcessBuilder("kill", "-KILL", Long.toString(process.pid())).start().waitFor();
        process.waitFor();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                layout.root().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The main class of the process that is killed. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]));
            Daemon daemon = LocalStore.open(layout);
            if (arguments[1].equals("hold")) {
                System.out.println(daemon.addText("held", new byte[] {1}, List.of()));
                Thread.sleep(60_000);
                return;
            }
            System.out.println("ready");
            Thread.ofPlatform().daemon().start(() -> collectForever(layout));
            Path source = Files.createDirectories(layout.root().resolve("source-" + arguments[2]));
            for (int i = 0; i < 10_000; i++) {
                step(layout, daemon, source, arguments[2] + "-" + i, i);
            }
        }

        private static void step(StoreLayout layout, Daemon daemon, Path source, String name, int number)
                throws Exception {
            Files.write(source.resolve("large"), new byte[9000 + number % 3]);
            Files.writeString(source.resolve("name"), name);
            StorePath tree = daemon.addTree("tree" + name, source, true, HashAlgorithm.SHA256);
            StorePath text = daemon.addText("text" + name, new byte[] {(byte) number}, List.of(tree));
            if (number % 2 == 0) {
                Files.createSymbolicLink(layout.gcRoots().resolve("root" + name), Path.of(text.toString()));
                System.out.println(tree + ";");
                System.out.println(text + ";");
            }
        }

        private static void collectForever(StoreLayout layout) {
            try (Daemon daemon = LocalStore.open(layout)) {
                while (FileTrees.exists(layout.root())) {
                    daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                }
            } catch (dev.cairn.error.CairnException e) {
                System.err.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}
