// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The builders that are part of Cairn. */
public final class Builtins {
    private static final List<Builtin> ALL = List.of(
            new DebianContentsBuilder(),
            new DebianOverlayBuilder(),
            new DebianPackageBuilder(),
            new DownloadBuilder(),
            new GitDownloadBuilder(),
            new ProfileBuilder(),
            new UnpackBuilder(),
            new WriteFilesBuilder());

    private Builtins() {}

    /** What they are called, without {@code builtin:}. */
    public static SortedSet<String> names() {
        return ALL.stream().map(Builtin::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The builder behind {@code builtin:NAME}, if there is one. */
    public static Optional<Builtin> find(String name) {
        return ALL.stream().filter(builtin -> builtin.name().equals(name)).findFirst();
    }
}
