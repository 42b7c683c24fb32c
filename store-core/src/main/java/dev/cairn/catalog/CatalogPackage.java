// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.Specification;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package as the catalog knows it: what people read about it, and what it depends on.
 *
 * @param outputs names, {@code out} first
 * @param synopsis one line
 * @param description paragraphs separated by empty lines
 * @param licenses names as the channel gives them
 * @param location {@code FILE:LINE} of the definition, relative to the channel
 * @param impure whether its build sees the host's {@code /usr}
 * @param properties what the channel says beyond this
 */
public record CatalogPackage(
        PackageKey key,
        List<String> outputs,
        String synopsis,
        String description,
        List<String> licenses,
        Optional<String> homePage,
        Optional<String> location,
        List<Specification> inputs,
        List<Specification> nativeInputs,
        List<Specification> propagatedInputs,
        boolean impure,
        SortedMap<String, String> properties) {
    /** The property that names the virtual packages it stands in for, with blanks between. */
    public static final String PROVIDES = "provides";

    /**
     * The property of those that their name alone does not mean as long as the channel has others. Its value says
     * whether they are taken as upgrades of what was installed all the same.
     */
    public static final String ON_REQUEST = "on-request";

    private static final String UPGRADED = "upgraded";
    private static final String EACH = "each version";

    public CatalogPackage {
        outputs = List.copyOf(outputs);
        licenses = List.copyOf(licenses);
        inputs = List.copyOf(inputs);
        nativeInputs = List.copyOf(nativeInputs);
        propagatedInputs = List.copyOf(propagatedInputs);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** The package's name, without its version. */
    public String name() {
        return key.name();
    }

    /** Whether its name alone does not mean it as long as its channel, or one of equal priority, has others. */
    public boolean onRequest() {
        return properties.containsKey(ON_REQUEST);
    }

    /** Whether it takes the place of an older version without being asked for. */
    public boolean upgrades() {
        return !EACH.equals(properties.get(ON_REQUEST));
    }

    /** The same, to be had on request only. @param upgrades whether it takes the place of an older one all the same */
    public CatalogPackage asOnRequest(boolean upgrades) {
        SortedMap<String, String> more = new TreeMap<>(properties);
        more.put(ON_REQUEST, upgrades ? UPGRADED : EACH);
        return new CatalogPackage(
                key, outputs, synopsis, description, licenses, homePage, location, inputs, nativeInputs,
                propagatedInputs, impure, more);
    }

    /** The version, as the channel writes it. */
    public String version() {
        return key.version();
    }
}
