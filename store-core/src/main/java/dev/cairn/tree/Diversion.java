// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.fs.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that has another name in every package but one (dpkg-divert(1)).
 *
 * @param owner the package whose own file keeps the name, without architecture; empty where no package keeps it
 * @param from relative to the tree, such as {@code usr/bin/which}
 * @param to relative to the tree
 */
public record Diversion(String owner, Path from, Path to) {
    public Diversion {
        if (!isName(from) || !isName(to)) {
            throw new IllegalArgumentException("'" + from + "' or '" + to + "' is no plain name inside a tree");
        }
    }

    /** Whether a path can be diverted: relative, without {@code ..}, and such that {@link #text} can hold it. */
    public static boolean isName(Path path) {
        return !path.isAbsolute()
                && path.normalize().equals(path)
                && !path.toString().isEmpty()
                && !path.startsWith("..")
                && path.toString().chars().noneMatch(c -> c < ' ');
    }

    /** Reads what {@link #text} wrote; none where there is no file. */
    static List<Diversion> read(Optional<Path> file) throws IOException {
        List<Diversion> diversions = new ArrayList<>();
        for (String line : file.isPresent() ? Files.readAllLines(file.get()) : List.<String>of()) {
            String[] words = line.split("\t", -1);
            if (words.length != 3) {
                throw new IOException("'" + file.get() + "' has a line that is no diversion: " + line);
            }
            Path here = Path.of("");
            diversions.add(new Diversion(words[0], Octets.resolve(here, words[1]), Octets.resolve(here, words[2])));
        }
        return diversions;
    }

    /** The file {@code diversions} of an overlay item: owner, old and new name, separated by tabs, a line each. */
    public static String text(List<Diversion> diversions) {
        StringBuilder text = new StringBuilder();
        for (Diversion each : diversions) {
            text.append(each.owner()).append('\t').append(each.from()).append('\t').append(each.to()).append('\n');
        }
        return text.toString();
    }

    boolean spares(Part part) {
        int colon = part.name().indexOf(':');
        return owner.equals(colon < 0 ? part.name() : part.name().substring(0, colon));
    }
}
