// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of a channel: {@code revisions/N/} with what was listed at one commit, never changed once it is there but
 * for the time when it was last seen to be the newest, and the link {@code current} to one of them. A revision is
 * complete before its folder gets its name, and stays until the user deletes it.
 *
 * <p>Only who holds the channel's lock may change anything; everybody may read.
 */
final class GuixRevisions {
    private static final Pattern TARGET = Pattern.compile("revisions/([1-9][0-9]{0,8})");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String UNFINISHED = "unfinished";
    private static final String DESCRIPTIONS = "descriptions.zst";
    private static final String ITEMS = "items.tsv";

    private final Path folder;

    GuixRevisions(Path folder) {
        this.folder = folder;
    }

    /** One revision. @param folder of its own */
    record Revision(int number, Path folder, RevisionRecord record) {
        /** The file of the {@link ItemTable}. */
        Path items() {
            return folder.resolve(ITEMS);
        }

        /** The {@link DescriptionFile}. */
        Path descriptions() {
            return folder.resolve(DESCRIPTIONS);
        }

        /** Tells it from one of the same number that was made after the whole folder had been deleted. */
        String fingerprint() {
            return number + " " + record.commit() + " " + record.fetched();
        }
    }

    /** What the link leads to; empty for a channel that was never fetched, or where that is damaged. */
    Optional<Revision> current() throws IOException {
        try {
            Matcher target = TARGET.matcher(Files.readSymbolicLink(folder.resolve("current")).toString());
            return target.matches() ? find(Integer.parseInt(target.group(1))) : Optional.empty();
        } catch (NoSuchFileException | NotLinkException _) {
            return Optional.empty();
        }
    }

    /** A revision by its number; empty if it is not kept, or damaged. */
    Optional<Revision> find(int number) throws IOException {
        Path own = place(number);
        try {
            Revision revision = new Revision(number, own, RevisionRecord.read(own.resolve("revision.json")));
            boolean whole = Files.isRegularFile(revision.items()) && Files.isRegularFile(revision.descriptions());
            return Optional.of(revision).filter(_ -> whole);
        } catch (NoSuchFileException | FormatException _) {
            return Optional.empty();
        }
    }

    /** Those that are kept, by ascending number. */
    List<Revision> all() throws IOException {
        List<Revision> all = new ArrayList<>();
        for (int number : numbers()) {
            find(number).ifPresent(all::add);
        }
        all.sort(Comparator.comparingInt(Revision::number));
        return all;
    }

    private List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        Path place = folder.resolve("revisions");
        if (Files.isDirectory(place)) {
            for (Path entry : FileTrees.entries(place)) {
                String name = entry.getFileName().toString();
                if (NUMBER.matcher(name).matches()) {
                    numbers.add(Integer.parseInt(name));
                }
            }
        }
        return numbers;
    }

    /** What is noted of a revision, when it is known how many names it has packages of, and how many are none. */
    @FunctionalInterface
    interface Recording {
        RevisionRecord record(RevisionRows rows, int packages, int unsupported);
    }

    /** Keeps what is listed as the next revision. */
    Revision add(RevisionRows rows, Recording recording) throws IOException {
        Path all = Files.createDirectories(folder.resolve("revisions"));
        Path unfinished = all.resolve(UNFINISHED);
        discard();
        boolean done = false;
        try {
            Files.createDirectory(unfinished);
            int number = numbers().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
            RevisionRecord record = write(unfinished, rows, recording);
            record.write(unfinished.resolve("revision.json"));
            AtomicFiles.syncDirectory(unfinished);
            Files.move(unfinished, place(number));
            AtomicFiles.syncDirectory(all);
            done = true;
            return new Revision(number, place(number), record);
        } finally {
            if (!done) {
                discard();
            }
        }
    }

    private static RevisionRecord write(Path unfinished, RevisionRows rows, Recording recording) throws IOException {
        Path descriptions = unfinished.resolve(DESCRIPTIONS);
        Path items = unfinished.resolve(ITEMS);
        RevisionRecord record;
        try (RevisionWriter out = new RevisionWriter(descriptions, items)) {
            rows.write(out);
            record = recording.record(rows, out.packages(), out.unsupported());
        }
        sync(descriptions);
        sync(items);
        return record;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Deletes what was begun and not ended. */
    private void discard() throws IOException {
        Path unfinished = folder.resolve("revisions").resolve(UNFINISHED);
        if (Files.exists(unfinished)) {
            FileTrees.deleteShielded(unfinished);
        }
    }

    void makeCurrent(int number) throws IOException {
        AtomicFiles.replaceSymlink(folder.resolve("current"), "revisions/" + number);
    }

    void delete(int number) throws IOException {
        FileTrees.deleteShielded(place(number));
    }

    private Path place(int number) {
        return folder.resolve("revisions").resolve(Integer.toString(number));
    }
}
