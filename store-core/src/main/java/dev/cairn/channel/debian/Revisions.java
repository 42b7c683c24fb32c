// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a channel: {@code revisions/N/} with what was fetched at one time, and the link {@code current} to one
 * of them. A revision is complete before the link is renamed over, so that a crash at any moment leaves the one before
 * or the one after. The revision before the current one stays for those who are reading it.
 *
 * <p>Only who holds the channel's lock may change anything; everybody may read.
 */
final class Revisions {
    private static final Pattern TARGET = Pattern.compile("revisions/([1-9][0-9]{0,8})");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Path folder;

    Revisions(Path folder) {
        this.folder = folder;
    }

    /** One revision. @param folder of its own */
    record Revision(int number, Path folder) {
        /** Tells it from one of the same number that was made after the whole folder had been deleted. */
        String fingerprint() throws IOException {
            return number + " " + Files.getLastModifiedTime(lists());
        }

        /** Where the fetched indices are. */
        Path lists() {
            return folder.resolve("lists");
        }

        /** The file of the {@link PackageIndex} over them. */
        Path index() {
            return folder.resolve("packages.index");
        }

        /** The file that holds the {@link RevisionRecord}. */
        Path record() {
            return folder.resolve("revision.json");
        }
    }

    /** What the link leads to; empty for a channel that was never fetched, and where somebody has deleted it. */
    Optional<Revision> current() throws IOException {
        try {
            Matcher target = TARGET.matcher(Files.readSymbolicLink(folder.resolve("current")).toString());
            if (target.matches()) {
                Revision revision = revision(Integer.parseInt(target.group(1)));
                return Optional.of(revision).filter(r -> Files.isDirectory(r.lists()));
            }
            return Optional.empty();
        } catch (NoSuchFileException | NotLinkException _) {
            return Optional.empty();
        }
    }

    /** Makes room for the next revision; nobody sees it before {@link #publish}. */
    Revision begin() throws IOException {
        Path all = folder.resolve("revisions");
        Files.createDirectories(all);
        int highest = 0;
        for (Path entry : FileTrees.entries(all)) {
            highest = Math.max(highest, number(entry).orElse(0));
        }
        Revision next = revision(highest + 1);
        Files.createDirectory(next.folder());
        Files.createDirectory(next.lists());
        return next;
    }

    /** Makes a complete revision the current one. */
    void publish(Revision revision) throws IOException {
        AtomicFiles.syncDirectory(revision.lists());
        AtomicFiles.syncDirectory(revision.folder());
        AtomicFiles.syncDirectory(revision.folder().toAbsolutePath().getParent());
        AtomicFiles.replaceSymlink(folder.resolve("current"), "revisions/" + revision.number());
    }

    /** Deletes a revision that will not be published. */
    void discard(Revision revision) throws IOException {
        FileTrees.deleteShielded(revision.folder());
    }

    /** Deletes everything but the current revision and the one before it: older ones, and what a crash left. */
    void clean() throws IOException {
        Path all = folder.resolve("revisions");
        if (!Files.isDirectory(all)) {
            return;
        }
        int current = current().map(Revision::number).orElse(0);
        int previous = 0;
        for (Path entry : FileTrees.entries(all)) {
            int number = number(entry).orElse(0);
            previous = number < current ? Math.max(previous, number) : previous;
        }
        for (Path entry : FileTrees.entries(all)) {
            int number = number(entry).orElse(0);
            if (number == 0 || number != current && number != previous) {
                FileTrees.deleteShielded(entry);
            }
        }
    }

    private Revision revision(int number) {
        return new Revision(number, folder.resolve("revisions").resolve(Integer.toString(number)));
    }

    private static Optional<Integer> number(Path entry) {
        String name = entry.getFileName().toString();
        return NUMBER.matcher(name).matches() ? Optional.of(Integer.parseInt(name)) : Optional.empty();
    }
}
