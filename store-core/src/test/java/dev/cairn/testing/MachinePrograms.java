// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of this machine, and what makes files of store items out of them: copies that take the loader and their
 * libraries from an item, as those of Guix do, and so run where nothing of the machine is in view.
 */
public final class MachinePrograms {
    private static final Pattern LIBRARY = Pattern.compile("\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

    private MachinePrograms() {}

    /**
     * Skips the calling test unless Debian's tool that changes where programs look for their libraries is there.
     *
     * @return {@code patchelf}
     */
    public static Path requirePatchelf() {
        return require("patchelf", "/usr/bin/patchelf");
    }

    /**
     * A file of the machine; the calling test is skipped where it is not there.
     *
     * @param debianPackage that has it
     * @param pattern its name; {@code ARCH} stands for the folder of the machine's architecture
     */
    public static Path require(String debianPackage, String pattern) {
        Optional<Path> found = find(pattern);
        Assumptions.assumeTrue(
                found.isPresent(), () -> "skipped: no " + pattern + " (apt install " + debianPackage + ")");
        return found.get();
    }

    /** The same, without skipping anything. */
    public static Optional<Path> find(String pattern) {
        String cpu = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        Path file = Path.of(pattern.replace("ARCH", cpu + "-linux-gnu"));
        return Optional.of(file).filter(Files::exists);
    }

    /**
     * Makes a folder {@code lib} with all libraries that programs and modules need, and the loader.
     *
     * @param folder is there
     * @return the base name of the loader
     */
    public static String copyLibraries(List<Path> users, Path folder) throws Exception {
        List<String> command = new ArrayList<>(List.of("ldd"));
        users.forEach(user -> command.add(user.toString()));
        SortedMap<String, Path> libraries = new TreeMap<>();
        for (String line : output(command).lines().toList()) {
            Matcher library = LIBRARY.matcher(line);
            if (library.matches()) {
                Path file = Path.of(library.group(1));
                libraries.putIfAbsent(file.getFileName().toString(), file.toRealPath());
            }
        }
        Path target = Files.createDirectory(folder.resolve("lib"));
        List<String> patch = new ArrayList<>(List.of(requirePatchelf().toString(), "--remove-rpath"));
        String loader = "";
        for (var library : libraries.entrySet()) {
            Path copy = copy(library.getValue(), target.resolve(library.getKey()));
            if (library.getKey().startsWith("ld-")) {
                loader = library.getKey();
            } else if (!library.getKey().startsWith("libc.")) {
                patch.add(copy.toString());
            }
        }
        output(patch);
        return loader;
    }

    /**
     * Makes the copy of a program take everything from an item.
     *
     * @param libraries logical name of the item that {@link #copyLibraries} made the contents of
     */
    public static void relocate(Path copy, String libraries, String loader) throws Exception {
        output(List.of(
                requirePatchelf().toString(), "--set-interpreter", libraries + "/lib/" + loader,
                "--force-rpath", "--set-rpath", libraries + "/lib", copy.toString()));
    }

    /** A writable copy with all folders above it. */
    public static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        to.toFile().setWritable(true);
        return to;
    }

    /**
     * What a program of this machine says when it sees the machine's {@code /usr} and {@code /etc}, and the store at
     * its logical place.
     *
     * @param store the physical folder
     */
    public static String outputWithStore(Path store, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "bwrap", "--unshare-all", "--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc",
                "--ro-bind", store.toString(), "/gnu/store", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        for (String folder : List.of("bin", "sbin", "lib", "lib64")) {
            words.addAll(List.of("--ro-bind-try", "/" + folder, "/" + folder));
        }
        words.add("--");
        words.addAll(Arrays.asList(command));
        return output(words);
    }

    /** Standard output and error of what has to go well. */
    private static String output(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed:\n" + text);
        }
        return text;
    }
}
