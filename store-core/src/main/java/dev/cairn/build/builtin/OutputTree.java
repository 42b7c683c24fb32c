// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tree that is made of named parts which are not trusted: nothing is written outside it, through a link, or over
 * something that is there. Names are relative, with slashes. Files get the permissions that files of items have at
 * once, so that nothing is left to change later. Not safe for use by several threads.
 */
final class OutputTree {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 255;
    private static final int MAX_REMEMBERED = 50_000;
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> PLAIN = permissions("r--r--r--");
    private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE = permissions("r-xr-xr-x");
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = permissions("rwxr-xr-x");

    private final Path root;

    /** Directories that were made here; not all of them when there are very many. */
    private final Map<List<String>, Path> made = new HashMap<>();

    /** @param root what the name of no components stands for; nothing is there yet */
    OutputTree(Path root) {
        this.root = root;
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /**
     * The components of a name.
     *
     * @return none for the root itself
     * @throws BuiltinException when it is absolute, leads upwards, is too deep or cannot be a file name
     */
    static List<String> components(String name) throws BuiltinException {
        if (name.startsWith("/")) {
            throw refused(name, "the name is absolute");
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            checkPart(name, part);
            parts.add(part);
        }
        if (parts.size() > MAX_DEPTH) {
            throw refused(name.substring(0, Math.min(name.length(), 200)) + "...", "it is too deep");
        }
        return parts;
    }

    private static void checkPart(String name, String part) throws BuiltinException {
        if (part.equals("..")) {
            throw refused(name, "the name leads upwards");
        }
        if (part.indexOf(0) >= 0 || part.indexOf('\ufffd') >= 0) {
            throw refused(name, "the name is not UTF-8");
        }
        if (part.length() > MAX_NAME || Octets.ofText(part).length > MAX_NAME) {
            throw refused(name, "the name is too long");
        }
    }

    /** Makes a directory and those it is in; it may be there already. */
    void directory(List<String> name) throws BuiltinException, IOException {
        folder(name, name);
    }

    private Path folder(List<String> folders, List<String> name) throws BuiltinException, IOException {
        int depth = folders.size();
        Path here = made.get(folders);
        while (here == null && depth > 0) {
            depth--;
            here = made.get(folders.subList(0, depth));
        }
        if (here == null) {
            here = root;
            makeDirectory(here, name);
            made.put(List.of(), here);
        }
        for (; depth < folders.size(); depth++) {
            here = resolve(here, folders.get(depth));
            makeDirectory(here, name);
            if (made.size() == MAX_REMEMBERED) {
                made.clear();
            }
            made.put(List.copyOf(folders.subList(0, depth + 1)), here);
        }
        return here;
    }

    private static void makeDirectory(Path path, List<String> name) throws BuiltinException, IOException {
        try {
            Files.createDirectory(path, DIRECTORY);
        } catch (FileAlreadyExistsException _) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(String.join("/", name), "'" + path.getFileName() + "' is no directory");
            }
        }
    }

    /** Writes a new file from a stream, or fails with what {@code contents} fails with. */
    void file(List<String> name, boolean executable, Contents contents) throws BuiltinException, IOException {
        if (!makeFile(name, executable, contents)) {
            throw exists(name);
        }
    }

    /** Like {@link #file}. @return false, with nothing done, when something of that name exists */
    boolean makeFile(List<String> name, boolean executable, Contents contents) throws BuiltinException, IOException {
        Path path = destination(name);
        WritableByteChannel file;
        try {
            file = Files.newByteChannel(path, NEW, executable ? EXECUTABLE : PLAIN);
        } catch (FileAlreadyExistsException _) {
            return false;
        }
        try (OutputStream out = Channels.newOutputStream(file)) {
            contents.writeTo(out);
        }
        return true;
    }

    /** Something that can be written. */
    @FunctionalInterface
    interface Contents {
        void writeTo(OutputStream out) throws BuiltinException, IOException;
    }

    /** Something that can be read. */
    @FunctionalInterface
    interface Source {
        /** Fills some of {@code buffer}. @return how many octets; negative at the end */
        int read(byte[] buffer) throws IOException;
    }

    /** Makes a new symlink with any target. */
    void symlink(List<String> name, String target) throws BuiltinException, IOException {
        if (!makeSymlink(name, target)) {
            throw exists(name);
        }
    }

    /** Like {@link #symlink}. @return false, with nothing done, when something of that name exists */
    boolean makeSymlink(List<String> name, String target) throws BuiltinException, IOException {
        if (target.isEmpty() || target.indexOf(0) >= 0) {
            throw refused(String.join("/", name), "a link cannot have the target '" + target + "'");
        }
        try {
            Symlinks.create(destination(name), target);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    /** Copies a file, link or tree; a directory may be there already and is added to. */
    void copy(List<String> name, Path source) throws BuiltinException, IOException {
        Interrupts.check();
        if (Files.isSymbolicLink(source)) {
            try {
                Symlinks.create(destination(name), Symlinks.read(source));
            } catch (FileAlreadyExistsException _) {
                throw exists(name);
            }
        } else if (Files.isDirectory(source)) {
            directory(name);
            for (Path entry : FileTrees.entries(source)) {
                List<String> inside = new ArrayList<>(name);
                inside.add(entry.getFileName().toString());
                copy(inside, entry);
            }
        } else {
            copyFile(name, source, Files.isExecutable(source));
        }
    }

    /** Copies one regular file. */
    void copyFile(List<String> name, Path source, boolean executable) throws BuiltinException, IOException {
        file(name, executable, out -> {
            try (InputStream in = Files.newInputStream(source)) {
                in.transferTo(out);
            }
        });
    }

    /**
     * Gives a file that was written before another name: one file with two names where that can be, or a copy.
     *
     * @throws BuiltinException when {@code earlier} is no such file, or only reached through a link
     */
    void again(List<String> name, List<String> earlier) throws BuiltinException, IOException {
        Path file = found(earlier)
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .orElseThrow(() -> refused(
                        String.join("/", name),
                        "'" + String.join("/", earlier) + "', which it is a link to, is no file that came before"));
        Path path = destination(name);
        try {
            Files.createLink(path, file);
        } catch (FileAlreadyExistsException _) {
            throw exists(name);
        } catch (IOException | UnsupportedOperationException _) {
            copyFile(name, file, Files.isExecutable(file));
        }
    }

    /** Whether a regular file of that name was written. */
    boolean isFile(List<String> name) {
        return found(name).filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isPresent();
    }

    /** The target of the symlink of that name, if there is one. */
    Optional<String> linkTarget(List<String> name) throws IOException {
        Optional<Path> link = found(name).filter(Files::isSymbolicLink);
        return link.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(Symlinks.read(link.get()), StandardCharsets.UTF_8));
    }

    /**
     * Compares a file that was written with what comes from a stream.
     *
     * @throws BuiltinException when they differ
     */
    void requireEqual(List<String> name, boolean executable, Source contents) throws BuiltinException, IOException {
        Path file = found(name).orElseThrow();
        boolean equal = Files.isExecutable(file) == executable;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            int n = contents.read(buffer);
            while (n >= 0) {
                Interrupts.check();
                equal = equal && Arrays.equals(in.readNBytes(n), Arrays.copyOf(buffer, n));
                n = contents.read(buffer);
            }
            if (!equal || in.read() >= 0) {
                throw refused(String.join("/", name), "it comes twice, and the two are not equal");
            }
        }
    }

    /** What was written under a name; empty when nothing was, or when the way there leads through a link. */
    private Optional<Path> found(List<String> name) {
        Path here = root;
        for (String part : name) {
            if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            here = resolve(here, part);
        }
        return FileTrees.exists(here) ? Optional.of(here) : Optional.empty();
    }

    /** Whether anything was made. */
    boolean exists() {
        return FileTrees.exists(root);
    }

    /** The name of something new, whose directories are there when this returns. */
    private Path destination(List<String> name) throws BuiltinException, IOException {
        return name.isEmpty() ? root : resolve(folder(parent(name), name), name.getLast());
    }

    private static List<String> parent(List<String> name) {
        return name.subList(0, name.size() - 1);
    }

    private static Path resolve(Path directory, String part) {
        return Octets.resolve(directory, Octets.ofText(part));
    }

    private static BuiltinException exists(List<String> name) {
        return refused(name.isEmpty() ? "." : String.join("/", name), "it exists already");
    }

    private static BuiltinException refused(String name, String why) {
        return new BuiltinException("'" + name + "' is refused: " + why);
    }
}
