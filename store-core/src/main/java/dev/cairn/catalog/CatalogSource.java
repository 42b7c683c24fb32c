// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.List;

/** Something whose packages the catalog lists: a channel, as far as the catalog needs to know it. */
public interface CatalogSource {
    /** What the user calls it; unique among the sources of one catalog. */
    String name();

    /** Where several sources have a package, the one with the greatest number is meant. */
    default int priority() {
        return 0;
    }

    /** How the versions of its packages are compared. Packages of one scheme may depend on those of other sources. */
    default VersionScheme versionScheme() {
        return VersionScheme.PLAIN;
    }

    /** A short text that changes whenever {@link #read} would give something else. Quick to compute. */
    String fingerprint() throws CairnException;

    /** Gives everything the source offers now, and what is wrong in it; best sorted by name. */
    void read(ContentsSink sink, EventSink events) throws CairnException;

    /**
     * Gives only what is different from what the source offered when it had an earlier fingerprint, if it can tell.
     * Sources that ever have anything wrong in them cannot.
     *
     * @param since a fingerprint it had
     * @param until the fingerprint of what it is to be compared with, of late
     * @return whether it could; if not, nothing was given
     */
    default boolean changes(String since, String until, ChangesSink sink) throws CairnException {
        return false;
    }

    /** All of it at once, for sources of which there is not much. */
    default ChannelContents read(EventSink events) throws CairnException {
        List<CatalogPackage> packages = new ArrayList<>();
        List<DefinitionProblem> problems = new ArrayList<>();
        read(
                new ContentsSink() {
                    @Override
                    public void add(CatalogPackage row) {
                        packages.add(row);
                    }

                    @Override
                    public void problem(DefinitionProblem problem) {
                        problems.add(problem);
                    }
                },
                events);
        return new ChannelContents(packages, problems);
    }
}
