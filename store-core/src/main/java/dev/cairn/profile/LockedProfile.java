// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.Interrupts;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A profile that this process alone may change, as long as it is open (formats, sections 10.3 and 10.4).
 *
 * <p>Unlike Guix, which reuses the numbers behind the current one, a new generation takes the highest number that
 * exists plus one and remembers which generation it was made from, so that nothing is lost after a roll-back. For the
 * same reason rolling back leads to that generation, as it does in Guix, where it always has the next lower number.
 *
 * <p>The one step that users see is the renaming of the profile's link. Not safe for use by several threads.
 */
public final class LockedProfile implements AutoCloseable {
    private final Profile profile;
    private final ProfileLock lock;

    private LockedProfile(Profile profile, ProfileLock lock) {
        this.profile = profile;
        this.lock = lock;
    }

    static LockedProfile lock(Profile profile) throws CairnException {
        try {
            Path folder = profile.link().toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path file = profile.link().resolveSibling(profile.link().getFileName() + ".lock");
            ProfileLock lock = ProfileLock.tryAcquire(file)
                    .orElseThrow(() -> new ProfileException.Locked(profile.link()));
            LockedProfile locked = new LockedProfile(profile, lock);
            boolean sound = false;
            try {
                locked.settle();
                sound = true;
                return locked;
            } finally {
                if (!sound) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw DaemonException.of("locking profile '" + profile.link() + "'", e);
        }
    }

    /** Ends what a process that was killed had begun: its generation is current, or it is not there. */
    private void settle() throws CairnException, IOException {
        int current = profile.currentNumber();
        for (int number : profile.numbers()) {
            Optional<GenerationRecord> record = profile.records().read(number).filter(GenerationRecord::pending);
            if (record.isEmpty() || !record.map(GenerationRecord::item).equals(profile.item(number))) {
                continue;
            }
            if (number == current) {
                profile.records().write(number, record.get().settled());
            } else {
                Files.deleteIfExists(profile.generationLink(number));
                profile.records().delete(number);
            }
        }
    }

    /** The profile that is locked. */
    public Profile profile() {
        return profile;
    }

    /**
     * Makes the next generation and makes it current. On failure, or when interrupted, everything is as before.
     *
     * @param item a valid profile item that {@code daemon}'s session keeps from being collected
     * @param cause what the timeline will call it
     */
    public Generation add(StorePath item, String cause, Daemon daemon) throws CairnException {
        int parent = profile.currentNumber();
        SortedSet<Integer> numbers = profile.numbers();
        int number = Math.max(parent, numbers.isEmpty() ? 0 : numbers.last()) + 1;
        GenerationRecord record = new GenerationRecord(
                item,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                OptionalInt.of(parent),
                Optional.of(cause),
                GenerationTag.NONE,
                true);
        Path generation = profile.generationLink(number);
        boolean switched = false;
        try {
            profile.records().write(number, record);
            AtomicFiles.replaceSymlink(generation, item.toString());
            register(generation, daemon);
            point(number);
            switched = true;
            settle(number, record);
        } catch (IOException e) {
            throw DaemonException.of("making generation " + number, e);
        } finally {
            if (!switched) {
                takeBack(number);
            }
        }
        return current();
    }

    private void settle(int number, GenerationRecord record) {
        try {
            Interrupts.shielded(() -> profile.records().write(number, record.settled()));
        } catch (IOException _) {
            // The generation is made. A pending record of the current one says the same and is settled next time.
        }
    }

    private void takeBack(int number) throws CairnException {
        try {
            Interrupts.shielded(() -> {
                Files.deleteIfExists(profile.generationLink(number));
                profile.records().delete(number);
            });
        } catch (IOException e) {
            throw DaemonException.of("removing the unfinished generation " + number, e);
        }
    }

    /**
     * Makes an existing generation current.
     *
     * @throws ProfileException.NoSuchGeneration when it does not exist
     */
    public Generation switchTo(int number) throws CairnException {
        if (profile.item(number).isEmpty()) {
            throw new ProfileException.NoSuchGeneration(
                    profile.link(), Integer.toString(number), List.copyOf(profile.numbers()));
        }
        try {
            point(number);
        } catch (IOException e) {
            throw DaemonException.of("switching to generation " + number, e);
        }
        return current();
    }

    /** Makes generation 0, the empty one, current. @param empty the valid item of a profile without packages */
    public Generation switchToEmpty(StorePath empty, Daemon daemon) throws CairnException {
        try {
            AtomicFiles.replaceSymlink(profile.generationLink(0), empty.toString());
            register(profile.generationLink(0), daemon);
            point(0);
        } catch (IOException e) {
            throw DaemonException.of("switching to generation 0", e);
        }
        return current();
    }

    /**
     * The generation that rolling back leads to: the one that the current one was made from, where that is known and
     * still exists, else the next lower one; 0 when there is none.
     *
     * @throws ProfileException.NotFound when there is no profile
     * @throws ProfileException.NothingBefore when generation 0 is current
     */
    public int previous() throws CairnException {
        if (!profile.exists()) {
            throw new ProfileException.NotFound(profile.link());
        }
        int current = profile.currentNumber();
        if (current == 0) {
            throw new ProfileException.NothingBefore();
        }
        SortedSet<Integer> lower = profile.numbers().headSet(current);
        OptionalInt parent = profile.generation(current).map(Generation::parent).orElse(OptionalInt.empty());
        if (parent.isPresent() && (parent.getAsInt() == 0 || lower.contains(parent.getAsInt()))) {
            return parent.getAsInt();
        }
        return lower.isEmpty() ? 0 : lower.last();
    }

    /**
     * Changes the tag that a generation has now. Nothing else about it changes.
     *
     * @return what it is then
     * @throws ProfileException.NoSuchGeneration when it does not exist
     * @throws ProfileException.LabelTaken when another one has the label
     */
    public GenerationTag tag(int number, GenerationTag.Change change) throws CairnException {
        Generation generation = existing(number);
        GenerationTag tag = change.of(generation.tag());
        if (tag.label().isPresent()) {
            Optional<Generation> other =
                    profile.labelled(tag.label().get()).filter(named -> named.number() != number);
            if (other.isPresent()) {
                throw new ProfileException.LabelTaken(tag.label().get(), other.get().number());
            }
        }
        try {
            GenerationRecord record = profile.records()
                    .read(number)
                    .filter(found -> found.item().equals(generation.item()))
                    .orElseGet(() -> new GenerationRecord(
                            generation.item(),
                            generation.time(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            GenerationTag.NONE,
                            false));
            profile.records().write(number, record.tagged(tag));
            return tag;
        } catch (IOException e) {
            throw DaemonException.of("tagging generation " + number + " of '" + profile.link() + "'", e);
        }
    }

    /**
     * Deletes generations; number 0 is passed over. Nothing is deleted when one of them is current, pinned or missing.
     *
     * @throws ProfileException.CurrentGeneration when one is current
     * @throws ProfileException.Pinned when one is pinned
     * @throws ProfileException.NoSuchGeneration when one does not exist
     */
    public void delete(Collection<Integer> numbers) throws CairnException {
        SortedSet<Integer> existing = profile.numbers();
        int current = profile.currentNumber();
        SortedSet<Integer> doomed = new TreeSet<>(numbers);
        doomed.remove(0);
        for (int number : doomed) {
            if (number == current) {
                throw new ProfileException.CurrentGeneration(number);
            }
            if (!existing.contains(number)) {
                throw new ProfileException.NoSuchGeneration(
                        profile.link(), Integer.toString(number), List.copyOf(existing));
            }
            if (profile.generation(number).filter(found -> found.tag().pinned()).isPresent()) {
                throw new ProfileException.Pinned(number);
            }
        }
        try {
            for (int number : doomed) {
                Files.deleteIfExists(profile.generationLink(number));
                profile.records().delete(number);
            }
            AtomicFiles.syncDirectory(profile.link().toAbsolutePath().getParent());
        } catch (IOException e) {
            throw DaemonException.of("deleting generations of '" + profile.link() + "'", e);
        }
    }

    private Generation existing(int number) throws CairnException {
        Optional<Generation> generation = profile.generation(number);
        if (generation.isEmpty()) {
            throw new ProfileException.NoSuchGeneration(
                    profile.link(), Integer.toString(number), List.copyOf(profile.numbers()));
        }
        return generation.get();
    }

    private void point(int number) throws IOException {
        AtomicFiles.replaceSymlink(
                profile.link(), profile.generationLink(number).getFileName().toString());
    }

    /** The collector looks for roots in the state folder itself; links elsewhere must be made known to it. */
    private void register(Path generation, Daemon daemon) throws CairnException, IOException {
        Path folder = generation.toAbsolutePath().getParent().toRealPath();
        Path state = profile.layout().state();
        if (!Files.exists(state) || !folder.startsWith(state.toRealPath())) {
            daemon.addIndirectRoot(folder.resolve(generation.getFileName()));
        }
    }

    private Generation current() throws CairnException {
        int number = profile.currentNumber();
        return profile.generation(number)
                .orElseThrow(() -> new ProfileException.NotAProfile(
                        profile.link(), "generation " + number + " does not lead to a store item"));
    }

    /** Gives the lock up. */
    @Override
    public void close() throws CairnException {
        try {
            lock.close();
        } catch (IOException e) {
            throw DaemonException.of("unlocking profile '" + profile.link() + "'", e);
        }
    }
}
