// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A builder, and what it may see. Strings of the derivation are octet strings.
 *
 * @param layout where the items are
 * @param builder absolute; in the store or, with {@code hostTools}, on the host
 * @param arguments without the builder's own name
 * @param environment all of it
 * @param inputs the items shown, read-only
 * @param folder an empty folder for the parts of the sandbox; the builder's outputs appear in {@link #storeFolder}
 * @param buildFolder the folder of the host that is shown as the builder's working directory
 * @param name of the derivation, without {@code .drv}
 * @param network what it can reach
 * @param hostTools whether the host's {@code /usr} is shown, read-only
 * @param more folders and files of the host that are shown, each {@code NAME} or {@code INSIDE=OUTSIDE}
 * @param platform what kind of machine it finds
 * @param user who it runs as; empty for this process's own user, seen as another one
 */
public record Confinement(
        StoreLayout layout,
        String builder,
        List<String> arguments,
        SortedMap<String, String> environment,
        SortedSet<StorePath> inputs,
        Path folder,
        Path buildFolder,
        String name,
        Network network,
        boolean hostTools,
        List<String> more,
        Platform platform,
        Optional<BuildUser> user) {
    /** What a builder can reach. */
    public enum Network {
        /** Itself. */
        LOOPBACK,
        /** Nothing at all. */
        NONE,
        /** What this machine can, where the files are shown that say how names are looked up. */
        HOST
    }

    /** The folder on the host that is the store to the builder: items written there are the outputs. */
    public Path storeFolder() {
        return folder.resolve("store");
    }

    /** The builder's name for itself: the last part of its name as the derivation has it. */
    String title() {
        return builder.substring(builder.lastIndexOf('/') + 1);
    }

    /** The working directory as the builder sees it, the same on every machine. */
    public String workingDirectory() {
        return workingDirectory(name);
    }

    /** The working directory of the builder of a derivation with this name, which does not include {@code .drv}. */
    public static String workingDirectory(String name) {
        return "/tmp/guix-build-" + name + ".drv-0";
    }
}
