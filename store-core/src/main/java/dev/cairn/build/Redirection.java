// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.derivation.Derivation;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarSink;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Other names for outputs that are valid already, of a builder that is not isolated and would write over them (daemon,
 * section 8.8). The builder is told these names, which are as long; in what it made the true ones are put back.
 */
final class Redirection {
    private final StoreLayout layout;
    private final SortedMap<StorePath, StorePath> names = new TreeMap<>();

    /** @param outputs those of the derivation's that are to have other names */
    Redirection(StoreLayout layout, StorePath derivation, Collection<StorePath> outputs) throws IOException {
        this.layout = layout;
        for (StorePath output : outputs) {
            try {
                names.put(output, output.directory().parse(Placement.redirected(derivation, output)));
            } catch (FormatException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** The other names. */
    Collection<StorePath> names() {
        return List.copyOf(names.values());
    }

    boolean applies(StorePath output) {
        return names.containsKey(output);
    }

    /** Where the builder makes an output. */
    Path file(StorePath output) {
        return layout.physical(names.getOrDefault(output, output));
    }

    /** The derivation as its builder is told of it. */
    Derivation told(Derivation derivation) {
        if (names.isEmpty()) {
            return derivation;
        }
        Map<String, String> hashes = new TreeMap<>();
        names.forEach((output, name) -> hashes.put(output.hashPart(), name.hashPart()));
        SortedMap<String, String> environment = new TreeMap<>();
        derivation.environment().forEach((name, value) -> environment.put(name, Rewriting.replace(value, hashes)));
        return new Derivation(
                derivation.outputs(),
                derivation.inputDerivations(),
                derivation.inputSources(),
                derivation.system(),
                derivation.builder(),
                derivation.arguments().stream()
                        .map(argument -> Rewriting.replace(argument, hashes))
                        .toList(),
                environment);
    }

    /** Puts the true names back into what the builder made, on its way. */
    NarSink undoing(NarSink target) {
        Map<String, String> hashes = new TreeMap<>();
        names.forEach((output, name) -> hashes.put(name.hashPart(), output.hashPart()));
        return new Rewriting(target, hashes);
    }

    /** Deletes what is left under the other names. */
    void clear() throws IOException {
        for (StorePath name : names.values()) {
            FileTrees.deleteShielded(layout.physical(name));
        }
    }
}
