// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A tree that is made of named parts which are not trusted: nothing is written outside it, through a link, or over
 * something that is there. Names are relative, with slashes. Not safe for use by several threads.
 */
final class OutputTree {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 255;
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;

    /** @param root what the name of no components stands for; nothing is there yet */
    OutputTree(Path root) {
        this.root = root;
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
        List<String> parts = List.of(name.split("/")).stream()
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (parts.size() > MAX_DEPTH) {
            throw refused(name.substring(0, Math.min(name.length(), 200)) + "...", "it is too deep");
        }
        for (String part : parts) {
            if (part.equals("..")) {
                throw refused(name, "the name leads upwards");
            }
            if (part.indexOf(0) >= 0 || part.indexOf('\ufffd') >= 0) {
                throw refused(name, "the name is not UTF-8");
            }
            if (Octets.ofText(part).length > MAX_NAME) {
                throw refused(name, "the name is too long");
            }
        }
        return parts;
    }

    /** Makes a directory and those it is in; it may be there already. */
    void directory(List<String> name) throws BuiltinException, IOException {
        directories(name, name);
    }

    private void directories(List<String> folders, List<String> name) throws BuiltinException, IOException {
        Path here = root;
        makeDirectory(here, name);
        for (String part : folders) {
            here = Octets.resolve(here, Octets.ofText(part));
            makeDirectory(here, name);
        }
    }

    private static void makeDirectory(Path path, List<String> name) throws BuiltinException, IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (FileTrees.exists(path)) {
            throw refused(String.join("/", name), "'" + path.getFileName() + "' is no directory");
        }
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, EXECUTABLE);
    }

    /** Writes a new file from a stream, or fails with what {@code contents} fails with. */
    void file(List<String> name, boolean executable, Contents contents) throws BuiltinException, IOException {
        Path path = fresh(name);
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            contents.writeTo(out);
        }
        Files.setPosixFilePermissions(path, executable ? EXECUTABLE : PLAIN);
    }

    /** Something that can be written. */
    @FunctionalInterface
    interface Contents {
        void writeTo(OutputStream out) throws BuiltinException, IOException;
    }

    /** Makes a new symlink with any target. */
    void symlink(List<String> name, String target) throws BuiltinException, IOException {
        if (target.isEmpty() || target.indexOf(0) >= 0) {
            throw refused(String.join("/", name), "a link cannot have the target '" + target + "'");
        }
        Symlinks.create(fresh(name), target);
    }

    /** Copies a file, link or tree; a directory may be there already and is added to. */
    void copy(List<String> name, Path source) throws BuiltinException, IOException {
        Interrupts.check();
        if (Files.isSymbolicLink(source)) {
            Symlinks.create(fresh(name), Symlinks.read(source));
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

    /** A regular file that was written before, not reached through a link. */
    Path existing(List<String> name) throws BuiltinException {
        Path here = root;
        for (String part : name) {
            if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(String.join("/", name), "it is not there");
            }
            here = Octets.resolve(here, Octets.ofText(part));
        }
        if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(String.join("/", name), "it is no file that came before");
        }
        return here;
    }

    /** Whether anything was made. */
    boolean exists() {
        return FileTrees.exists(root);
    }

    private Path fresh(List<String> name) throws BuiltinException, IOException {
        if (name.isEmpty()) {
            if (FileTrees.exists(root)) {
                throw refused(".", "it exists already");
            }
            return root;
        }
        directories(name.subList(0, name.size() - 1), name);
        Path path = root;
        for (String part : name) {
            path = Octets.resolve(path, Octets.ofText(part));
        }
        if (FileTrees.exists(path)) {
            throw refused(String.join("/", name), "it exists already");
        }
        return path;
    }

    private static BuiltinException refused(String name, String why) {
        return new BuiltinException("'" + name + "' is refused: " + why);
    }
}
