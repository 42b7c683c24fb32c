// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that {@code exportReferencesGraph} asks for (daemon, section 8.6): for every item of a closure, sorted, its
 * name, an empty line, the number of its references and the references.
 */
final class ReferencesGraphs {
    private ReferencesGraphs() {}

    /**
     * Writes the files into the build folder.
     *
     * @throws BuildError when the variable is not made of pairs of a file name and a valid item
     */
    static void write(BuildStore store, Derivation derivation, Path folder)
            throws BuildError, DaemonException, IOException {
        String value = derivation.environment().getOrDefault("exportReferencesGraph", "");
        List<String> words = Words.of(value);
        if (words.size() % 2 != 0) {
            throw refused("odd number of tokens in `exportReferencesGraph': `" + value + "'");
        }
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (name.contains("/") || name.equals(".") || name.equals("..")) {
                throw refused("invalid file name `" + name + "' in `exportReferencesGraph'");
            }
            StorePath start = item(store, words.get(i + 1));
            Files.write(folder.resolve(name), text(store, start).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static StorePath item(BuildStore store, String word) throws BuildError, DaemonException {
        StorePath path;
        try {
            path = store.layout().storeDirectory().itemOf(word);
        } catch (FormatException _) {
            throw refused("`exportReferencesGraph' contains a non-store path `" + word + "'");
        }
        if (store.valid(List.of(path)).isEmpty()) {
            throw refused("`exportReferencesGraph' contains an invalid path `" + word + "'");
        }
        return path;
    }

    private static String text(BuildStore store, StorePath start) throws DaemonException {
        Map<StorePath, SortedSet<StorePath>> items = new TreeMap<>();
        add(store, List.of(start), items);
        // The outputs of derivations in the closure count as part of it.
        SortedSet<StorePath> outputs = new TreeSet<>();
        for (StorePath path : items.keySet()) {
            if (path.isDerivation()) {
                outputs.addAll(store.valid(store.derivation(path).outputPaths()));
            }
        }
        add(store, outputs, items);
        StringBuilder text = new StringBuilder();
        items.forEach((path, references) -> {
            text.append(path).append("\n\n").append(references.size()).append('\n');
            references.forEach(reference -> text.append(reference).append('\n'));
        });
        return text.toString();
    }

    private static void add(
            BuildStore store, Collection<StorePath> paths, Map<StorePath, SortedSet<StorePath>> items)
            throws DaemonException {
        if (!paths.isEmpty()) {
            for (PathInfo info : store.requisites(paths)) {
                items.put(info.path(), info.references());
            }
        }
    }

    private static BuildError refused(String message) {
        return BuildError.of(
                BuildError.Stage.BEFORE, BuildFailure.PERMANENT, message, message.replace('`', '\''));
    }
}
