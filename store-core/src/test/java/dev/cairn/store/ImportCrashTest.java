// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.trust.KeyFiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that imports archives and adds NARs while garbage is collected, and is killed without warning. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ImportCrashTest {
    private static final int ROUNDS = 8;

    @TempDir
    Path folder;

    @Test
    void leavesASoundStoreAndNothingBesides() throws Exception {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        new KeyFiles(layout.configuration()).generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        Random random = new Random(20261122);
        int total = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> kept = new ArrayList<>();
            Process child = start(layout, round);
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                kept.add(lines.readLine().replace(";", ""));
                Thread.sleep(random.nextInt(300));
                new ProcessBuilder("kill", "-KILL", Long.toString(child.pid())).start().waitFor();
                child.waitFor();
                lines.lines().filter(line -> line.endsWith(";")).forEach(line -> kept.add(line.replace(";", "")));
            }
            total += kept.size();
            try (Daemon daemon = LocalStore.open(layout)) {
                assertThat(daemon.verify(true, EventSink.NONE).isSound()).as("round %d", round).isTrue();
                for (String name : kept) {
                    assertThat(daemon.isValid(StoreDirectory.GNU.parse(name))).as(name).isTrue();
                }
                daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                List<String> valid =
                        daemon.allPaths().stream().map(path -> path.baseName()).toList();
                assertThat(FileTrees.entries(layout.physicalStore()))
                        .extracting(path -> path.getFileName().toString())
                        .filteredOn(name -> !name.equals(".links") && !name.equals("trash"))
                        .containsExactlyInAnyOrderElementsOf(valid);
            }
        }
        assertThat(total).isGreaterThan(ROUNDS);
    }

    private static Process start(StoreLayout layout, int round) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        layout.root().toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The main class of the process that is killed. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]));
            SecretKey key = new KeyFiles(layout.configuration()).signingKey();
            Daemon daemon = LocalStore.open(layout);
            Thread.ofPlatform().daemon().start(() -> collectForever(layout));
            for (int i = 0; i < 10_000; i++) {
                var added = daemon.addNar(
                        "nar-" + arguments[1] + "-" + i,
                        new ByteArrayInputStream(nar(i)),
                        true,
                        HashAlgorithm.SHA256);
                var imported = daemon.importItems(
                                new ByteArrayInputStream(archive(key, "item-" + arguments[1] + "-" + i, nar(i))),
                                EventSink.NONE)
                        .getFirst();
                if (i % 2 == 0) {
                    Files.createSymbolicLink(
                            layout.gcRoots().resolve(imported.name()), Path.of(imported.toString()));
                    System.out.println(imported + ";");
                    Files.createSymbolicLink(layout.gcRoots().resolve(added.name()), Path.of(added.toString()));
                    System.out.println(added + ";");
                }
            }
        }

        private static byte[] nar(int number) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(out);
            writer.directoryStart();
            writer.entry("large");
            writer.regular(false, new byte[9000 + number % 3]);
            writer.entry("number");
            writer.regular(false, Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
            writer.directoryEnd();
            writer.finish();
            return out.toByteArray();
        }

        private static byte[] archive(SecretKey key, String name, byte[] nar) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ArchiveWriter writer = new ArchiveWriter(out);
            writer.beginItem();
            ArchiveWriter.Item item = new ArchiveWriter.Item(out);
            item.contents().write(nar);
            String hash = Hash.sha256(name.getBytes(StandardCharsets.US_ASCII)).base32().substring(0, 32);
            Hash signed = item.describe(new ItemDescription(
                    StoreDirectory.GNU.item(hash + "-" + name), new TreeSet<>(), Optional.empty()));
            item.sign(Optional.of(key.sign(signed).octets()));
            writer.end();
            return out.toByteArray();
        }

        private static void collectForever(StoreLayout layout) {
            try (Daemon daemon = LocalStore.open(layout)) {
                while (true) {
                    daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                    Thread.sleep(20);
                }
            } catch (DaemonException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
