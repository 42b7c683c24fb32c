// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where the files of packages lie on systems whose {@code /bin}, {@code /sbin} and {@code /lib*} are links into
 * {@code /usr} (file-hierarchy(7)): under {@code usr}. The text of links stays as it is, since it means the tree as a
 * program sees it. A link that would lead to itself is left out: it was the second name of a file for systems that
 * are not merged, or one of the links {@code /bin} and so on themselves.
 */
final class MergedUsr implements TarUnpacking.Placement {
    private static final Set<String> MOVED = Set.of("bin", "sbin", "lib", "lib32", "lib64", "libo32", "libx32");
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;

    private final Consumer<String> log;
    private final SortedSet<String> privileged = new TreeSet<>();

    /** @param log takes a line for everything that is not kept */
    MergedUsr(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public Optional<List<String>> of(List<String> name, boolean directory) {
        return Optional.of(merged(name));
    }

    private static List<String> merged(List<String> name) {
        if (name.isEmpty() || !MOVED.contains(name.getFirst())) {
            return name;
        }
        List<String> moved = new ArrayList<>(name.size() + 1);
        moved.add("usr");
        moved.addAll(name);
        return moved;
    }

    @Override
    public boolean takesLink(String entry, List<String> place, String target) {
        boolean itself = place.equals(destination(place.subList(0, place.size() - 1), target))
                // The links /bin and so on are in the root, however far in their place is.
                || place.size() == 2 && MOVED.contains(place.get(1)) && place.equals(destination(List.of(), target));
        if (itself) {
            log.accept("note: the link '" + entry + "' is left out: it would lead to itself");
        }
        return !itself;
    }

    /** What a link leads to, as far as names tell. */
    private static List<String> destination(List<String> folder, String target) {
        List<String> name = new ArrayList<>(target.startsWith("/") ? List.of() : folder);
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                if (!name.isEmpty()) {
                    name.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                name.add(part);
            }
        }
        return merged(name);
    }

    @Override
    public boolean isExecutable(String entry, int mode) {
        if ((mode & (SET_USER | SET_GROUP)) != 0) {
            String bit = (mode & SET_USER) != 0 ? "set-user-ID" : "set-group-ID";
            log.accept("note: '" + entry + "' is unpacked without its " + bit + " bit");
            privileged.add((entry.startsWith("./") ? entry.substring(2) : entry).replace('\n', '?'));
        }
        return TarUnpacking.isExecutable(mode);
    }

    /** The files that have lost a set-user-ID or set-group-ID bit. */
    SortedSet<String> privileged() {
        return privileged;
    }

    @Override
    public boolean takesEqualTwice() {
        return true;
    }
}
