// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.Root;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the items that running processes use: as program, current directory, open file, memory map or in an
 * environment variable (formats, section 9.6). Processes that vanish or belong to somebody else are passed over.
 */
final class RuntimeRoots {
    private static final int MAX_ENVIRONMENT = 32 * 1024 * 1024;
    private static final String DELETED = " (deleted)";

    private final Path proc;
    private final StoreNames names;
    private final Pattern inEnvironment;
    private final List<Root> roots = new ArrayList<>();

    /** @param proc the folder of processes, {@code /proc} */
    RuntimeRoots(StoreLayout layout, Path proc) {
        this.proc = proc;
        this.names = new StoreNames(layout);
        List<String> quoted = names.prefixes().stream().map(Pattern::quote).toList();
        this.inEnvironment =
                Pattern.compile("(?:" + String.join("|", quoted) + ")/([0-9a-z]{32}-[a-zA-Z0-9._+?=-]+)");
    }

    /** All of them, process by process, also items that are not valid. */
    List<Root> find() throws IOException {
        for (Path process : FileTrees.entries(proc)) {
            String pid = process.getFileName().toString();
            if (pid.chars().allMatch(c -> c >= '0' && c <= '9')) {
                Interrupts.check();
                Set<StorePath> found = new HashSet<>();
                links(process, found);
                maps(process.resolve("maps"), found);
                environment(process.resolve("environ"), found);
                found.stream().sorted().forEach(item -> roots.add(new Root(Root.Kind.PROCESS, "pid " + pid, item)));
            }
        }
        return roots;
    }

    private void links(Path process, Set<StorePath> found) {
        List<Path> links = new ArrayList<>(List.of(process.resolve("exe"), process.resolve("cwd")));
        try {
            links.addAll(FileTrees.entries(process.resolve("fd")));
        } catch (IOException _) {
            // Somebody else's process, or gone.
        }
        for (Path link : links) {
            try {
                add(Files.readSymbolicLink(link).toString(), found);
            } catch (IOException _) {
                // As above; descriptors come and go.
            }
        }
    }

    private void maps(Path file, Set<StorePath> found) throws InterruptedIOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int slash = line.indexOf('/');
                if (slash >= 0) {
                    add(line.substring(slash), found);
                }
            }
        } catch (IOException _) {
            Interrupts.check();
        }
    }

    private void environment(Path file, Set<StorePath> found) throws InterruptedIOException {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MAX_ENVIRONMENT), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            Interrupts.check();
            return;
        }
        Matcher matcher = inEnvironment.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            names.item(name).ifPresent(found::add);
            // These may belong to the name or follow it; keeping one item too many does no harm.
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) == '?' || name.charAt(i) == '=') {
                    names.item(name.substring(0, i)).ifPresent(found::add);
                }
            }
        }
    }

    /** A file that is deleted while in use still belongs to its item, whose files may have been linked anew. */
    private void add(String file, Set<StorePath> found) {
        String name = file.endsWith(DELETED) ? file.substring(0, file.length() - DELETED.length()) : file;
        Optional<StorePath> item = names.itemOf(name);
        item.ifPresent(found::add);
    }
}
