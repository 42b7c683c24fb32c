// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.CodeFile;
import dev.cairn.app.Workspace;
import dev.cairn.channel.guix.source.PackageVariables.Meaning;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.code.ManifestCodeReader;
import dev.cairn.manifest.code.WantedPackage;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.packages.Specification;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.transaction.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file that says all that a profile shall have: Scheme code as Guix's manifests are. */
final class ManifestFile {
    private ManifestFile() {}

    /**
     * The packages that a file asks for, in its order, each by its name: what variables of Guix's modules mean is
     * looked up in those that were fetched.
     *
     * @throws FailureException when that can only be found out by running the file
     */
    static List<WantedPackage> read(String name, Workspace workspace) throws CairnException {
        String text = CodeFile.read("manifest", name);
        List<WantedPackage> wanted;
        try {
            wanted = ManifestCodeReader.read(text);
        } catch (DynamicCodeException | FormatException e) {
            throw new FailureException(
                    Texts.text("error.manifest", name, e.getMessage()),
                    e.hint().or(() -> Optional.of(Texts.text("hint.manifest"))));
        }
        if (wanted.stream().noneMatch(each -> each.subject() instanceof Subject.Variable)) {
            return wanted;
        }
        var meanings = workspace.variables(ManifestCodeReader.imports(text), wanted);
        List<WantedPackage> named = new ArrayList<>();
        for (WantedPackage each : wanted) {
            named.add(
                    each.subject() instanceof Subject.Variable variable
                            ? new WantedPackage(
                                    specified(variable, each, meanings.map(known -> known.get(variable))),
                                    each.output(),
                                    each.transformations(),
                                    each.place())
                            : each);
        }
        return named;
    }

    private static Subject specified(Subject.Variable variable, WantedPackage wanted, Optional<Meaning> meaning)
            throws FailureException {
        if (meaning.isPresent() && meaning.get() instanceof Meaning.OnePackage(String name, Optional<String> version)) {
            return new Subject.Specified(name, version);
        }
        String why = meaning.isPresent() && meaning.get() instanceof Meaning.Unknown(String reason)
                ? reason
                : Texts.text("variable.no-modules");
        throw new FailureException(
                Texts.text("error.manifest-variable", variable.name(), wanted.place().line(), why),
                Optional.of(Texts.text("hint.manifest-variable")));
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
                throw new IllegalArgumentException("'" + name + "' was not looked up");
        };
    }
}
