// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.error.CairnException;
import java.util.List;

/** Tells which suites a channel takes its packages from; asked only when they are fetched or looked at. */
@FunctionalInterface
public interface ArchiveSources {
    /** As they are named now: the configuration may have changed since the last time. */
    List<ArchiveSource> read() throws CairnException;

    /** What else is named and cannot be followed. */
    default List<ConfigurationProblem> problems() throws CairnException {
        return List.of();
    }
}
