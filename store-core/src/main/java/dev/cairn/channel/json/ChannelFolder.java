// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.channel.ChannelException;
import dev.cairn.encoding.Utf8;
import dev.cairn.packages.PackageDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a channel on disk.
 *
 * @param path of the folder
 */
record ChannelFolder(Path path) {
    private static final int MAX_FILE = 4 << 20;
    private static final int MAX_FILES = 20_000;
    private static final int MAX_DEPTH = 16;

    ChannelFile channelFile() throws ChannelException {
        Path file = path.resolve(ChannelFile.FILE_NAME);
        Problems problems = new Problems(ChannelFile.FILE_NAME);
        Optional<String> text = Optional.empty();
        try {
            if (Files.isRegularFile(file)) {
                text = read(file, problems);
            } else {
                problems.addWhole("no such file", "a channel's file");
            }
        } catch (IOException e) {
            throw new ChannelException.Unreadable(path.toString(), e);
        }
        if (text.isEmpty()) {
            throw new ChannelException.Malformed(path.toString(), problems.list().getFirst());
        }
        return ChannelFile.read(text.get(), path.toString());
    }

    /** The definitions of one file, and what is wrong with it. */
    record FileContents(List<PackageDefinition> definitions, Problems problems) {}

    FileContents definitions(Path file) {
        Problems problems = new Problems(path.relativize(file).toString());
        try {
            if (!file.toRealPath().startsWith(path.toRealPath())) {
                problems.addWhole("a link that leads out of the channel", "a file of the channel");
                return new FileContents(List.of(), problems);
            }
            if (!Files.isRegularFile(file)) {
                // Opening a named pipe would wait for a writer, for ever.
                problems.addWhole("something that is no file", "a file of definitions");
                return new FileContents(List.of(), problems);
            }
            Optional<String> text = read(file, problems);
            return new FileContents(
                    text.map(json -> new DefinitionReader(path, problems).read(json)).orElse(List.of()), problems);
        } catch (IOException e) {
            problems.addWhole("a file that cannot be read (" + e.getMessage() + ")", "a readable file");
            return new FileContents(List.of(), problems);
        }
    }

    /** The files with definitions, in order of their names. */
    List<Path> definitionFiles() throws ChannelException {
        Path packages = path.resolve("packages");
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(packages)) {
            return files;
        }
        try {
            Files.walkFileTree(packages, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isDirectory() && file.toString().endsWith(".json")) {
                        files.add(file);
                    }
                    return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }
            });
        } catch (IOException e) {
            throw new ChannelException.Unreadable(path.toString(), e);
        }
        Collections.sort(files);
        return files;
    }

    String fingerprint() throws ChannelException {
        try {
            return FolderFingerprint.of(path);
        } catch (IOException e) {
            throw new ChannelException.Unreadable(path.toString(), e);
        }
    }

    private static Optional<String> read(Path file, Problems problems) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_FILE + 1);
        }
        if (octets.length > MAX_FILE) {
            problems.addWhole("more than 4 MiB", "a smaller file; packages can be in several files");
            return Optional.empty();
        }
        try {
            return Optional.of(Utf8.decode(octets));
        } catch (CharacterCodingException _) {
            problems.addWhole("octets that are no UTF-8", "text in UTF-8");
            return Optional.empty();
        }
    }
}
