// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.ManifestCodeReader;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.packages.Specification;
import dev.cairn.transaction.Request;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file that says all that a profile shall have: Scheme code as Guix's manifests are. */
final class ManifestFile {
    private static final int MAX_LENGTH = 1 << 20;

    private ManifestFile() {}

    /** The packages that a file asks for, in its order. */
    static List<WantedPackage> read(String name) throws CairnException {
        Path file = Path.of(name);
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw new FormatException("manifest '" + name + "'", "longer than " + MAX_LENGTH + " octets");
            }
            return ManifestCodeReader.read(Files.readString(file));
        } catch (MalformedInputException _) {
            throw new FormatException("manifest '" + name + "'", "not in UTF-8");
        } catch (FileSystemException e) {
            throw new FailureException(
                    Texts.text("error.install-manifest", name, FileProblem.of(e)), Optional.empty());
        } catch (IOException e) {
            throw new FailureException(
                    Texts.text("error.install-manifest", name, String.valueOf(e.getMessage())), Optional.empty());
        }
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
            case WantedPackage.Subject.Variable(String name) ->
                throw new FailureException(
                        Texts.text("error.install-variable", name, wanted.place().line()),
                        Optional.of(Texts.text("hint.install-variable")));
        };
    }
}
