// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.CodeFile;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.ManifestCodeReader;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.packages.Specification;
import dev.cairn.transaction.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file that says all that a profile shall have: Scheme code as Guix's manifests are. */
final class ManifestFile {
    private ManifestFile() {}

    /** The packages that a file asks for, in its order. */
    static List<WantedPackage> read(String name) throws CairnException {
        return ManifestCodeReader.read(CodeFile.read("manifest", name));
    }

    /** What leads from what is installed to exactly these packages. */
    static List<Request> requests(List<WantedPackage> wanted, Manifest installed) throws CairnException {
        List<Specification> specifications = new ArrayList<>();
        Set<List<String>> slots = new HashSet<>();
        for (WantedPackage each : wanted) {
            Specification specification = specification(each);
            specifications.add(specification);
            slots.add(List.of(specification.name(), each.output()));
        }
        List<Request> requests = new ArrayList<>();
        for (ManifestEntry entry : installed.entries()) {
            if (!slots.contains(List.of(entry.name(), entry.output()))) {
                requests.add(new Request.Remove(
                        new Specification(entry.name(), Optional.empty(), Optional.of(entry.output()))));
            }
        }
        // Each one goes in front of those before it.
        specifications.reversed().forEach(each -> requests.add(new Request.Install(each)));
        return requests;
    }

    private static Specification specification(WantedPackage wanted) throws FailureException {
        if (!wanted.transformations().isEmpty()) {
            throw new FailureException(
                    Texts.text("error.install-transformed", wanted.label(), wanted.place().line()),
                    Optional.of(Texts.text("hint.install-guile")));
        }
        return switch (wanted.subject()) {
            case WantedPackage.Subject.Specified(String name, Optional<String> version) ->
                new Specification(
                        name, version, Optional.of(wanted.output()).filter(output -> !output.equals("out")));
            case WantedPackage.Subject.Variable(String name, _) ->
                throw new FailureException(
                        Texts.text("error.install-variable", name, wanted.place().line()),
                        Optional.of(Texts.text("hint.install-variable")));
        };
    }
}
