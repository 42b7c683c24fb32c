// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.ManifestPrinter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** A store whose items were put there by hand: contents of Debian packages, overlays and profiles of them. */
final class DebianStore {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final String BASE = "base";

    final StoreLayout layout;
    private final Map<String, Path> contents = new TreeMap<>();
    private int count;

    DebianStore(Path root) throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        Files.createDirectories(layout.physicalStore());
    }

    /** Programs of this machine with their libraries, as the essential package that every tree has. */
    static Path copyOfThisMachine(Path folder) throws IOException, InterruptedException {
        Path perl = Path.of("/usr/lib/x86_64-linux-gnu/perl-base");
        Assumptions.assumeTrue(Files.isDirectory(perl), "needs the programs of Debian on amd64");
        for (String program : List.of("sh", "cat", "ls", "id", "env", "readlink", "perl", "stat", "touch", "getent")) {
            Path file = Path.of("/usr/bin", program).toRealPath();
            copy(file, folder.resolve("tree/usr/bin").resolve(program));
            Process ldd = new ProcessBuilder("ldd", file.toString()).start();
            Matcher library = LIBRARY.matcher(
                    new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            ldd.waitFor();
            while (library.find()) {
                String name = library.group(1).replaceFirst("^/lib", "/usr/lib");
                copy(Path.of(library.group(1)).toRealPath(), folder.resolve("tree" + name));
            }
        }
        for (String module : List.of("strict.pm", "warnings.pm", "Config.pm")) {
            copy(perl.resolve(module), folder.resolve("tree" + perl).resolve(module));
        }
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (!Files.exists(to)) {
            Files.copy(from, to);
        }
    }

    /** Adds the essential package, by hard links. */
    void addBase(Path copied) throws IOException, InterruptedException {
        Path folder = contents(BASE, "Essential: yes\n");
        int code = new ProcessBuilder("cp", "-al", copied.resolve("tree").toString(), folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("cp failed");
        }
    }

    /** Adds the contents of a package, to which files can be added. */
    Path contents(String key, String fields) throws IOException {
        Path folder = layout.physicalStore().resolve(name(key.replace(':', '_') + "-1-contents"));
        Files.createDirectories(folder.resolve("control"));
        Files.writeString(
                folder.resolve("control/control"),
                "Package: " + key.replaceFirst(":.*", "") + "\nVersion: 1\nArchitecture: amd64\n" + fields);
        contents.put(key, folder);
        return folder;
    }

    /** Adds a program to a package. */
    static void program(Path contents, String name, String shell) throws IOException {
        Path file = contents.resolve("tree").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    /** Adds a file to a package. */
    static void file(Path contents, String name, String text) throws IOException {
        Path file = contents.resolve("tree").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Adds a profile item with all packages there are. */
    Path profileItem(String... asked) throws Exception {
        Path overlay = layout.physicalStore().resolve(name("overlay"));
        Files.createDirectories(overlay.resolve("contents"));
        Files.createDirectories(overlay.resolve("tree"));
        for (Map.Entry<String, Path> entry : contents.entrySet()) {
            Files.createSymbolicLink(
                    overlay.resolve("contents").resolve(entry.getKey()),
                    Path.of("/gnu/store").resolve(entry.getValue().getFileName()));
        }
        Path item = layout.physicalStore().resolve(name("profile"));
        Files.createDirectories(item);
        Files.createSymbolicLink(item.resolve("debian"), Path.of("/gnu/store").resolve(overlay.getFileName()));
        List<ManifestEntry> entries = new ArrayList<>();
        for (String name : asked) {
            StorePath package_ = layout.storeDirectory().parse("/gnu/store/" + name(name + "-1"));
            entries.add(new ManifestEntry(
                    name, "1", "out", package_, List.of(), List.of(),
                    new TreeMap<>(Map.of(ManifestEntry.DEBIAN, "\"amd64\""))));
        }
        Files.writeString(item.resolve("manifest"), ManifestPrinter.print(new Manifest(entries)));
        return item;
    }

    /** The folder of an overlay of a profile item. */
    Path overlay(Path profileItem) throws IOException {
        return layout.physicalStore()
                .resolve(Files.readSymbolicLink(profileItem.resolve("debian")).getFileName());
    }

    Path tree(Path profileItem) throws IOException {
        return layout.root().resolve("var/cairn/trees").resolve(overlay(profileItem).getFileName());
    }

    /** Makes an item the current generation. */
    static void switchTo(Profile profile, int number, Path item) throws IOException {
        Files.createDirectories(profile.link().getParent());
        Path generation = profile.generationLink(number);
        Files.deleteIfExists(generation);
        Files.createSymbolicLink(generation, Path.of("/gnu/store").resolve(item.getFileName()));
        Files.deleteIfExists(profile.link());
        Files.createSymbolicLink(profile.link(), generation.getFileName());
    }

    /** The base name of an item that no other has. */
    String name(String name) {
        return "%032d-%s".formatted(++count, name);
    }
}
