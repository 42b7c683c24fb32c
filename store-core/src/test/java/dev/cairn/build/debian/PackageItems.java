// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.error.FormatException;
import dev.cairn.fs.Symlinks;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Items of packages in a folder that looks like a store. */
final class PackageItems {
    private final StoreLayout layout;
    private int count;

    PackageItems(Path root) throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        Files.createDirectories(layout.physicalStore());
    }

    StoreLayout layout() {
        return layout;
    }

    /** A package; the item is made with the last call on what is returned. */
    Maker add(String name, Maker... needed) throws IOException, FormatException {
        StorePath contents = path(name + "-contents");
        StorePath item = path(name);
        Maker maker = new Maker(item, layout.physical(contents));
        Path folder = layout.physical(item).resolve("debian");
        Files.createDirectories(folder.resolve("contents"));
        Files.createDirectories(folder.resolve("dependencies"));
        Symlinks.create(folder.resolve("contents").resolve(name), contents.toString());
        for (Maker each : needed) {
            Symlinks.create(
                    folder.resolve("dependencies").resolve(each.item.baseName()), each.item.toString());
        }
        return maker.control("control", "Package: " + name.replaceFirst(":.*", "") + "\nVersion: 1\n");
    }

    private StorePath path(String name) throws FormatException {
        String safe = name.replace(':', '_');
        return StoreDirectory.GNU.parse("/gnu/store/%032d-%s".formatted(++count, safe));
    }

    /** One package. */
    record Maker(StorePath item, Path contents) {
        Maker file(String name, String text) throws IOException {
            return file(name, text.getBytes(StandardCharsets.UTF_8));
        }

        Maker file(String name, byte[] octets) throws IOException {
            Files.write(place("tree/" + name), octets);
            return this;
        }

        Maker program(String name, String script) throws IOException {
            file(name, "#!/bin/sh\n" + script);
            Files.setPosixFilePermissions(
                    contents.resolve("tree").resolve(name), PosixFilePermissions.fromString("r-xr-xr-x"));
            return this;
        }

        Maker link(String name, String target) throws IOException {
            Symlinks.create(place("tree/" + name), target);
            return this;
        }

        Maker control(String name, String text) throws IOException {
            Files.writeString(place("control/" + name), text);
            return this;
        }

        /** Programs of this machine, and the libraries that they need. */
        Maker hostPrograms(List<String> names) throws IOException {
            for (String name : names) {
                Path program = Path.of("/usr/bin", name).toRealPath();
                copy(program, "usr/bin/" + name);
                for (String word : libraries(program).split("\\s+")) {
                    if (word.startsWith("/")) {
                        copy(Path.of(word).toRealPath(), (word.startsWith("/usr/") ? "" : "usr") + word);
                    }
                }
            }
            return this;
        }

        private void copy(Path from, String name) throws IOException {
            String relative = name.startsWith("/") ? name.substring(1) : name;
            Files.copy(from, place("tree/" + relative), StandardCopyOption.REPLACE_EXISTING);
        }

        private static String libraries(Path program) throws IOException {
            Process ldd = new ProcessBuilder("ldd", program.toString()).start();
            return new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        private Path place(String name) throws IOException {
            Path file = contents.resolve(name);
            Files.createDirectories(file.getParent());
            return file;
        }
    }
}
