// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.ManifestCodePrinter;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.scheme.code.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A profile's packages as code that {@code install --manifest} reads, and {@code guix package --manifest} too. */
final class ManifestExport {
    private ManifestExport() {}

    /** The whole text. A version is only in it where the installed one is not the newest, and no longer than needed. */
    static String text(Manifest manifest, Catalog catalog) throws CairnException {
        List<WantedPackage> packages = new ArrayList<>();
        for (ManifestEntry entry : manifest.entries()) {
            List<String> versions =
                    catalog.versions(entry.name()).stream().map(CatalogPackage::version).distinct().toList();
            Optional<String> version = versions.isEmpty() || versions.getFirst().equals(entry.version())
                    ? Optional.empty()
                    : Optional.of(prefix(entry.version(), versions));
            packages.add(new WantedPackage(
                    new WantedPackage.Subject.Specified(entry.name(), version),
                    entry.output(),
                    List.of(),
                    Place.START));
        }
        return ManifestCodePrinter.print(packages);
    }

    /** The shortest beginning of a version, up to a dot, that no other one has. */
    static String prefix(String version, List<String> versions) {
        for (int dot = version.indexOf('.'); dot >= 0; dot = version.indexOf('.', dot + 1)) {
            String prefix = version.substring(0, dot);
            boolean alone = versions.stream()
                    .filter(other -> !other.equals(version))
                    .noneMatch(other -> other.equals(prefix) || other.startsWith(prefix + "."));
            if (alone) {
                return prefix;
            }
        }
        return version;
    }
}
