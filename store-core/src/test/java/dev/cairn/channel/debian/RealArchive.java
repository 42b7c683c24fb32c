// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.SourceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this machine's own apt has fetched, as a channel. */
public final class RealArchive {
    private static final ArchiveSource SOURCE = new ArchiveSource(
            URI.create("https://deb.example.org/debian/"), "stable", List.of("main"), List.of("amd64"), List.of(),
            Optional.empty(), List.of(), ArchiveSource.Relaxed.NOTHING, Optional.empty(), "apt");

    private RealArchive() {}

    /** The channel, not refreshed yet; empty where there is no apt, or it has no lists. @param folder its own */
    public static Optional<DebianChannel> channel(Path folder) throws IOException {
        List<Path> lists = lists("Packages");
        List<Path> translations = lists("Translations");
        if (lists.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DebianChannel(
                "debian", 0, folder, () -> List.of(SOURCE), new DebianResolver(),
                (_, into, _, _) -> fetch(lists, translations, into)));
    }

    private static List<Path> lists(String kind) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return List.of();
        }
        Process process = new ProcessBuilder(
                        "apt-get", "indextargets", "--format", "$(FILENAME)", "Created-By: " + kind)
                .redirectError(Redirect.DISCARD)
                .start();
        String names = new String(process.getInputStream().readAllBytes());
        return names.lines().map(Path::of).filter(Files::isReadable).toList();
    }

    private static FetchReport fetch(List<Path> lists, List<Path> translations, Path into) {
        List<FetchedIndex> indices = new ArrayList<>();
        try {
            for (Path list : lists) {
                Path file = copy(list, into);
                Optional<Path> translation = Optional.empty();
                for (Path other : translations) {
                    if (of(other).equals(of(list))) {
                        translation = Optional.of(copy(other, into));
                    }
                }
                indices.add(new FetchedIndex(
                        SOURCE.archive(), of(list), "main", "amd64", file, translation, "Debian"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SourceStatus status = new SourceStatus(
                SOURCE.label(), SOURCE.origin(), Optional.empty(), Optional.empty(), List.of(), List.of(),
                Optional.empty(), Optional.empty());
        return new FetchReport(indices, List.of(status), true);
    }

    /** Suite and component, as apt's names of files tell them. */
    private static String of(Path list) {
        return list.getFileName().toString().replaceFirst("_(binary-|i18n_).*", "");
    }

    /** Whatever way apt has packed it. */
    private static Path copy(Path list, Path into) throws IOException {
        Path file = into.resolve(list.getFileName());
        new ProcessBuilder("/usr/lib/apt/apt-helper", "cat-file", list.toString())
                .redirectOutput(file.toFile())
                .redirectError(Redirect.DISCARD)
                .start()
                .onExit()
                .join();
        return file;
    }
}
