// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestReader;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A profile: a symlink to one of its generations, which are symlinks {@code PROFILE-N-link} beside it (formats,
 * section 10). Reads see a consistent state without locking; changes go through {@link LockedProfile}.
 *
 * <p>Names are taken strictly: {@code PROFILE-7-link.new}, a leftover, is no generation, though Guix counts it.
 */
public final class Profile {
    private static final int MAX_MANIFEST = 32 << 20;

    private final StoreLayout layout;
    private final Path link;
    private final Pattern generationName;

    /** @param link the profile's own name; it need not exist yet */
    public Profile(StoreLayout layout, Path link) {
        this.layout = layout;
        this.link = link;
        this.generationName = Pattern.compile(Pattern.quote(link.getFileName().toString()) + "-([0-9]{1,9})-link");
    }

    /** The profile that a user has unless told otherwise: {@code profiles/per-user/USER/guix-profile}. */
    public static Profile ofUser(StoreLayout layout, Map<String, String> environment) {
        String user = environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", ""));
        // What is no single name cannot be that of a folder.
        if (user.isEmpty() || user.contains("/") || user.startsWith(".")) {
            user = System.getProperty("user.name");
        }
        return new Profile(layout, layout.profiles().resolve("per-user").resolve(user).resolve("guix-profile"));
    }

    /**
     * The profile that a user names. A single word is the name of one beside the user's own, {@code work} for
     * instance; anything else is the name of a file, {@code ./work}, and where that is a symlink into the folder of
     * profiles, as {@code ~/.guix-profile} is, it stands for the profile that it leads to.
     *
     * @param environment the variables of the process: USER, LOGNAME
     */
    public static Profile named(StoreLayout layout, Map<String, String> environment, Path name) {
        if (name.getNameCount() == 1 && !name.isAbsolute() && !name.toString().startsWith(".")) {
            return new Profile(layout, ofUser(layout, environment).link().resolveSibling(name));
        }
        Path link = name.toAbsolutePath().normalize();
        try {
            Path target = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
            boolean leadsThere = target.startsWith(layout.profiles()) && !link.startsWith(layout.profiles());
            return new Profile(layout, leadsThere ? target : link);
        } catch (IOException _) {
            // No link, or not there yet; whatever else is wrong with it is said when it is read.
            return new Profile(layout, link);
        }
    }

    /** The store that its generations lead to. */
    public StoreLayout layout() {
        return layout;
    }

    /** The symlink that names the current generation. */
    public Path link() {
        return link;
    }

    /** The symlink that is a generation, whether or not it exists. */
    public Path generationLink(int number) {
        return link.resolveSibling(link.getFileName() + "-" + number + "-link");
    }

    /** Whether the profile was ever made. */
    public boolean exists() {
        return FileTrees.exists(link);
    }

    /** Takes the profile's lock, to change it; the caller closes it. */
    public LockedProfile lock() throws CairnException {
        return LockedProfile.lock(this);
    }

    /**
     * Takes the lock, to change what was made before.
     *
     * @throws ProfileException.NotFound when the profile was never made
     */
    public LockedProfile lockExisting() throws CairnException {
        if (!exists()) {
            throw new ProfileException.NotFound(link);
        }
        return lock();
    }

    /** The current generation's number; 0 when nothing was ever installed. */
    public int currentNumber() throws CairnException {
        try {
            Path target = Files.readSymbolicLink(link);
            return target.getFileName() == null ? 0 : number(target.getFileName()).orElse(0);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (NotLinkException _) {
            throw new ProfileException.NotAProfile(link, "it is not a symlink");
        } catch (IOException e) {
            throw DaemonException.of("reading profile '" + link + "'", e);
        }
    }

    /** The numbers of all generations in ascending order, 0 included if its link exists. */
    public SortedSet<Integer> numbers() throws CairnException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try {
            for (Path entry : FileTrees.entries(link.toAbsolutePath().getParent())) {
                number(entry.getFileName()).ifPresent(numbers::add);
            }
        } catch (NoSuchFileException _) {
            // Without the folder there are none.
        } catch (IOException e) {
            throw DaemonException.of("listing the generations of '" + link + "'", e);
        }
        return numbers;
    }

    /** All generations in ascending order. Links that lead to no store item are passed over. */
    public List<Generation> generations() throws CairnException {
        int current = currentNumber();
        List<Generation> generations = new ArrayList<>();
        for (int number : numbers()) {
            generation(number, current).ifPresent(generations::add);
        }
        return generations;
    }

    /** One generation, if it exists. */
    public Optional<Generation> generation(int number) throws CairnException {
        return generation(number, currentNumber());
    }

    private Optional<Generation> generation(int number, int current) throws CairnException {
        Optional<StorePath> item = item(number);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<GenerationRecord> record =
                    records().read(number).filter(found -> found.item().equals(item.get()));
            if (number != current && record.filter(GenerationRecord::pending).isPresent()) {
                // Being made just now, or left by a process that was killed.
                return Optional.empty();
            }
            Instant time = record.isPresent()
                    ? record.get().time()
                    : Files.getLastModifiedTime(generationLink(number), LinkOption.NOFOLLOW_LINKS).toInstant();
            OptionalInt parent = record.map(GenerationRecord::parent).orElse(OptionalInt.empty());
            return Optional.of(new Generation(
                    number,
                    time,
                    number == current,
                    parent,
                    record.flatMap(GenerationRecord::cause),
                    record.map(GenerationRecord::tag).orElse(GenerationTag.NONE),
                    item.get()));
        } catch (NoSuchFileException _) {
            // Deleted while being looked at.
            return Optional.empty();
        } catch (IOException e) {
            throw DaemonException.of("reading generation " + number + " of '" + link + "'", e);
        }
    }

    /** The generation with this label. */
    public Optional<Generation> labelled(String label) throws CairnException {
        return generations().stream()
                .filter(generation -> generation.tag().label().equals(Optional.of(label)))
                .findFirst();
    }

    /** What the current generation holds. */
    public Manifest manifest() throws CairnException {
        return manifest(currentNumber());
    }

    /**
     * What a generation holds; the empty manifest for number 0.
     *
     * @throws ProfileException.Gone when its item is not in the store any more
     */
    public Manifest manifest(int number) throws CairnException {
        if (number == 0) {
            return Manifest.EMPTY;
        }
        StorePath item = item(number)
                .orElseThrow(() -> new ProfileException.NoSuchGeneration(
                        link, Integer.toString(number), List.copyOf(numbersOrNone())));
        Path file = layout.physical(item).resolve("manifest");
        try {
            if (Files.size(file) > MAX_MANIFEST) {
                throw new FormatException("manifest", "'" + file + "' is larger than " + MAX_MANIFEST + " octets");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return ManifestReader.read(layout.storeDirectory(), text);
        } catch (NoSuchFileException e) {
            if (!FileTrees.exists(layout.physical(item))) {
                throw new ProfileException.Gone(number, item);
            }
            throw DaemonException.of("reading the manifest of generation " + number, e);
        } catch (IOException e) {
            throw DaemonException.of("reading the manifest of generation " + number, e);
        }
    }

    private SortedSet<Integer> numbersOrNone() {
        try {
            return numbers();
        } catch (CairnException _) {
            // Only wanted for a hint.
            return new TreeSet<>();
        }
    }

    /** The item that a generation's link leads to; empty when there is no such link, or it leads elsewhere. */
    Optional<StorePath> item(int number) throws CairnException {
        String target;
        try {
            target = Files.readSymbolicLink(generationLink(number)).toString();
        } catch (NoSuchFileException | NotLinkException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw DaemonException.of("reading generation " + number + " of '" + link + "'", e);
        }
        try {
            return Optional.of(layout.storeDirectory().parse(target));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    GenerationRecords records() {
        return new GenerationRecords(layout.storeDirectory(), link);
    }

    private OptionalInt number(Path name) {
        Matcher matcher = generationName.matcher(name.toString());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
