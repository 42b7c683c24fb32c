// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.Specification;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packages of all enabled channels. Safe for use by several threads; calls are quick and may be made per
 * keystroke, but not on the thread of a user interface.
 */
public interface Catalog extends AutoCloseable {
    /** How many packages there are, each name counted once whatever its versions and channels. */
    int size() throws CatalogException;

    /** How many packages each channel has that has any, each name counted once. */
    Map<String, Integer> sizes() throws CatalogException;

    /**
     * Packages matching {@code text}, best first, one row a name with its newest version: exact name, or else what
     * provides a virtual package of that name; name prefix, word of the name, synopsis, description; where nothing
     * matches, names within a few typing errors. An empty text gives all packages by name.
     */
    List<SearchHit> search(String text, int limit) throws CatalogException;

    /** Names of packages that provide {@code text} or look like it, nearest first. */
    List<String> suggest(String text, int limit) throws CatalogException;

    Optional<CatalogPackage> find(PackageKey key) throws CatalogException;

    /** All versions of a package in all channels, the one that a bare name means first. */
    List<CatalogPackage> versions(String name) throws CatalogException;

    /**
     * The package that a specification means: the newest version that fits, in the channel of highest priority.
     *
     * @throws CatalogException.Unknown when there is none, or not in that version, or without that output
     * @throws CatalogException.Ambiguous when channels of equal priority define it differently
     */
    CatalogPackage resolve(Specification specification) throws CatalogException;

    /** The packages that name {@code key}'s package among their inputs of any kind, by name. */
    List<PackageKey> dependents(PackageKey key) throws CatalogException;

    /** What was wrong in the channels when they were last read. */
    default List<ChannelProblem> problems() throws CatalogException {
        return List.of();
    }

    @Override
    void close() throws CatalogException;
}
