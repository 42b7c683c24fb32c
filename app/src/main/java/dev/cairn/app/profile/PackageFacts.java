// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import java.util.List;

/**
 * What the files of an installed package tell beyond the catalog.
 *
 * @param licenses short names, where the package says them in a form that can be read
 * @param notes what Cairn does not do for it although its own package manager would, one sentence each
 */
public record PackageFacts(List<String> licenses, List<String> notes) {
    public static final PackageFacts NONE = new PackageFacts(List.of(), List.of());

    public PackageFacts {
        licenses = List.copyOf(licenses);
        notes = List.copyOf(notes);
    }
}
