// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.GuixSource;
import java.nio.file.Path;
import java.util.List;

/** Where the packages of a channel come from. */
public sealed interface ChannelOrigin {
    /** The definitions that come with Cairn. */
    record Bundled() implements ChannelOrigin {}

    /** A folder of definitions. */
    record Folder(Path path) implements ChannelOrigin {}

    /** The archives that this machine's own package manager is configured for. */
    record Machine() implements ChannelOrigin {}

    /**
     * Archives of Debian's kind.
     *
     * @param lines as in {@code sources.list}
     */
    record Archive(List<String> lines) implements ChannelOrigin {
        public Archive {
            lines = List.copyOf(lines);
        }
    }

    /** Packages of GNU Guix, as a Data Service lists them. */
    record Guix(GuixSource source) implements ChannelOrigin {}

    /** Whether it is there by itself: it can be disabled, not removed. */
    default boolean isGiven() {
        return switch (this) {
            case Bundled _, Machine _ -> true;
            case Folder _, Archive _, Guix _ -> false;
        };
    }

    /**
     * The priority of a channel for which nobody chose one: what the user added as definitions goes before what the
     * distribution makes, that before Guix's packages, these before the small channel that comes with Cairn, and other
     * archives do not by themselves take the place of the distribution's own.
     */
    default int usualPriority() {
        return switch (this) {
            case Folder _ -> 50;
            case Machine _ -> 20;
            case Guix _ -> 15;
            case Bundled _ -> 10;
            case Archive _ -> 0;
        };
    }
}
