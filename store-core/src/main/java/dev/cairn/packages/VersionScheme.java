// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.debian.DebianVersion;
import dev.cairn.manifest.ManifestEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How the versions of a kind of package are compared. */
public enum VersionScheme {
    /** What definitions of channels use. */
    PLAIN(VersionOrder.INSTANCE),

    /** {@code [EPOCH:]UPSTREAM[-REVISION]} of Debian's archives. */
    DEBIAN(DebianVersion.ORDER);

    private final Comparator<String> order;

    VersionScheme(Comparator<String> order) {
        this.order = order;
    }

    /** That of a package in a profile or in the catalog, by its properties. */
    public static VersionScheme of(Map<String, String> properties) {
        return properties.containsKey(ManifestEntry.DEBIAN) ? DEBIAN : PLAIN;
    }

    /** The one by which two packages that take the same place can be compared. */
    public static VersionScheme of(ManifestEntry one, ManifestEntry other) {
        return of(one.properties()) == of(other.properties()) ? of(one.properties()) : PLAIN;
    }

    /** Older first. */
    public Comparator<String> order() {
        return order;
    }

    /**
     * Whether {@code version} is {@code prefix} or a version that people mean by it: the prefix ends at a dot, with
     * Debian's also before the revision or a suffix such as {@code ~bpo12} or {@code +deb12u1}, and an epoch need not
     * be written.
     */
    public boolean fits(String prefix, String version) {
        return switch (this) {
            case PLAIN -> VersionOrder.fits(prefix, version);
            case DEBIAN -> startsWith(prefix, version) || startsWith(prefix, withoutEpoch(version));
        };
    }

    /** Whether {@code given} names a version in full; an epoch need not be written. */
    public boolean isFull(String given, String version) {
        return given.equals(version) || this == DEBIAN && given.equals(withoutEpoch(version));
    }

    private static boolean startsWith(String prefix, String version) {
        return version.startsWith(prefix)
                && (version.length() == prefix.length() || ".-+~".indexOf(version.charAt(prefix.length())) >= 0);
    }

    private static String withoutEpoch(String version) {
        return version.substring(version.indexOf(':') + 1);
    }

    /**
     * What a specification's version means: exactly that version, else the newest that it fits; without a version the
     * newest.
     *
     * @param newestFirst to choose from
     */
    public <T> Optional<T> choose(
            Optional<String> wanted, List<T> newestFirst, Function<? super T, String> version) {
        if (wanted.isEmpty()) {
            return newestFirst.stream().findFirst();
        }
        return newestFirst.stream()
                .filter(candidate -> version.apply(candidate).equals(wanted.get()))
                .findFirst()
                .or(() -> newestFirst.stream()
                        .filter(candidate -> fits(wanted.get(), version.apply(candidate)))
                        .findFirst());
    }
}
