// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.transaction.Comparison;
import dev.cairn.transaction.Outlook;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What the window asks of the user's profile. Calls block and are made on threads for work. Tests implement it in
 * memory.
 */
public interface ProfileActions {
    Installed read() throws CairnException;

    /** What it would take to fulfil {@code requests}; changes nothing that the user sees. */
    Plan plan(List<Request> requests) throws CairnException;

    /** What can be upgraded, by what is known here: nobody is asked anything, no server either. */
    Outlook upgrades() throws CairnException;

    /** Does what a plan says. @return the new generation's number */
    int apply(Plan plan, EventSink events) throws CairnException;

    /** Makes an existing generation, or the empty one with number 0, current. @return its number */
    int switchTo(int number) throws CairnException;

    /** All generations in ascending order. */
    List<Generation> generations() throws CairnException;

    /** How one generation differs from another; number 0 is the empty one. */
    Comparison compare(int from, int to) throws CairnException;

    /** How many octets a profile's item takes with all that it needs. */
    long closureSize(StorePath item) throws CairnException;

    /** Changes the tag that a generation has then. */
    void tag(int number, GenerationTag.Change change) throws CairnException;

    /** Deletes generations; what only they held becomes garbage. Never the current one, nor those that are pinned. */
    void deleteGenerations(Collection<Integer> numbers) throws CairnException;

    /** The profile's own symlink; that of generation N is this name followed by {@code -N-link}. */
    Path link();

    /** The names of the programs that an installed package brings itself, in order. */
    List<String> programs(ManifestEntry entry) throws CairnException;

    /** What the files of an installed package tell beyond the catalog. */
    PackageFacts facts(ManifestEntry entry) throws CairnException;

    /** How large a package is that {@code plan} brings, by what servers say of it and what is here already. */
    PackageSizes sizes(Plan plan, ManifestEntry entry) throws CairnException;

    /** How large an installed package is. */
    PackageSizes sizes(ManifestEntry entry) throws CairnException;

    /** What starts a program of the current generation from anywhere. */
    Path launcher(String program);
}
