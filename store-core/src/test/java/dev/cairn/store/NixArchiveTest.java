// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.ArchiveReader;
import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Golden;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives between Cairn and Nix, which has the same form without Guix's signatures. */
class NixArchiveTest {
    @TempDir
    Path folder;

    @Test
    void readsAndWritesWhatNixExported() throws Exception {
        byte[] archive = Golden.octets("archive/nix.nar");
        List<ItemDescription> items = new ArrayList<>();
        assertThat(copy(archive, StoreDirectory.NIX, items)).isEqualTo(archive);
        assertThat(items).extracting(item -> item.path().name()).containsExactly("bottom", "top");
        assertThat(items.getLast().references()).containsExactly(items.getFirst().path());
    }

    @Test
    void nixImportsWhatWasCopiedFromItsOwnExport() throws Exception {
        boolean present = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "nix-store")));
        Assumptions.assumeTrue(present, "skipped: there is no nix-store on this machine");
        Path source = Files.createDirectories(folder.resolve("source/sub")).getParent();
        Files.writeString(source.resolve("sub/file"), "text");
        Files.write(source.resolve("large"), new byte[100_000]);
        Files.createSymbolicLink(source.resolve("link"), Path.of("sub/file"));
        Files.createFile(source.resolve("tool"));
        assertThat(source.resolve("tool").toFile().setExecutable(true)).isTrue();

        String item = text(nix("first", new byte[0], "--add", source.toString())).strip();
        byte[] exported = nix("first", new byte[0], "--export", item);
        List<ItemDescription> items = new ArrayList<>();
        byte[] copied = copy(exported, new StoreDirectory(folder.resolve("nix/store").toString()), items);
        assertThat(copied).isEqualTo(exported);
        assertThat(items).extracting(ItemDescription::path).extracting(StorePath::toString).containsExactly(item);
        nix("first", new byte[0], "--delete", item);
        assertThat(text(nix("first", copied, "--import")).strip()).isEqualTo(item);
        assertThat(Path.of(item, "link")).hasContent("text");
    }

    private byte[] copy(byte[] archive, StoreDirectory directory, List<ItemDescription> items) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        ArchiveReader reader =
                new ArchiveReader(new BufferedInputStream(new ByteArrayInputStream(archive)), directory);
        while (reader.next()) {
            writer.beginItem();
            ArchiveWriter.Item item = new ArchiveWriter.Item(out);
            NarWriter contents = new NarWriter(item.contents());
            reader.contents(contents);
            contents.finish();
            ItemDescription description = reader.description().description();
            item.describe(description);
            items.add(description);
            assertThat(reader.signature()).isEmpty();
            item.sign(Optional.empty());
        }
        writer.end();
        return out.toByteArray();
    }

    /** Runs nix-store on a store of its own. */
    private byte[] nix(String name, byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("nix-store"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path home = Files.createDirectories(folder.resolve("home"));
        Path configuration = Files.createDirectories(folder.resolve("etc"));
        Files.writeString(configuration.resolve("nix.conf"), "build-users-group =\nsubstituters =\n");
        builder.environment().putAll(Map.of(
                "HOME", home.toString(),
                "NIX_REMOTE", "",
                "NIX_STORE_DIR", folder.resolve("nix/store").toString(),
                "NIX_STATE_DIR", folder.resolve("var-" + name).toString(),
                "NIX_LOG_DIR", folder.resolve("log").toString(),
                "NIX_CONF_DIR", configuration.toString()));
        Path errors = folder.resolve("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
        try (InputStream out = process.getInputStream()) {
            byte[] answer = out.readAllBytes();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return answer;
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
