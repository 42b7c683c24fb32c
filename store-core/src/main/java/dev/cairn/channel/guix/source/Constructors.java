// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import java.util.Set;

/** Guix's own words that the readers understand, whatever module defines them. */
final class Constructors {
    /** Those whose meaning is known here, so that their definitions are not looked at. */
    static final Set<String> ALL = Set.of(
            "append",
            "cons",
            "cons*",
            "list",
            "quote",
            "quasiquote",
            "package",
            "package/inherit",
            "hidden-package",
            "deprecated-package",
            "modify-inputs",
            "alist-delete",
            "fold",
            "specification->package",
            "package-inputs",
            "package-native-inputs",
            "package-propagated-inputs",
            "package-native-search-paths",
            "package-name",
            "package-version",
            "search-path-specification",
            "string-append",
            "version-prefix",
            "version-major",
            "version-major+minor",
            "version-major+minor+point",
            "git-version",
            "hg-version");

    private Constructors() {}
}
