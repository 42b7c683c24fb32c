// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest.code;

import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.manifest.code.WantedPackage.Transformation;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes manifests as {@code guix package --export-manifest} does (services, section 5.4). */
public final class ManifestCodePrinter {
    private static final String HEADER = """
            ;; This "manifest" file can be passed to 'guix package -m' to reproduce
            ;; the content of your profile.  This is "symbolic": it only specifies
            ;; package names.  To reproduce the exact same profile, you also need to
            ;; capture the channels being used, as returned by "guix describe".
            ;; See the "Replicating Guix" section in the manual.
            """;

    private static final int WIDTH = 78;

    private ManifestCodePrinter() {}

    /**
     * The whole file, with a line end at its end.
     *
     * @param packages in the order of the profile's manifest; those named by a variable cannot be written
     */
    public static String print(List<WantedPackage> packages) {
        boolean transformed = packages.stream().anyMatch(each -> !each.transformations().isEmpty());
        StringBuilder text = new StringBuilder(HEADER);
        if (!transformed) {
            text.append("\n(specifications->manifest\n  ").append(list(packages.stream()
                    .map(each -> SchemePrinter.print(Datum.text(each.label())))
                    .toList(), 2));
            return text.append(")\n").toString();
        }
        List<List<Transformation>> distinct = packages.stream()
                .map(WantedPackage::transformations)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        text.append("\n(use-modules (guix transformations))\n");
        for (int i = 0; i < distinct.size(); i++) {
            text.append("\n(define transform").append(i + 1).append("\n  (options->transformation\n    '(");
            String separator = "";
            for (Transformation each : distinct.get(i)) {
                text.append(separator).append(SchemePrinter.print(Datum.pair(
                        Datum.symbol(each.option()), Datum.text(each.value()))));
                separator = "\n      ";
            }
            text.append(")))\n");
        }
        List<String> elements = new ArrayList<>();
        packages.forEach(each -> elements.add(element(each, distinct)));
        return text.append("\n(packages->manifest\n  ").append(list(elements, 2)).append(")\n").toString();
    }

    private static String list(List<String> elements, int column) {
        String lines = String.join("\n" + " ".repeat(column + "(list ".length()), elements);
        return "(list" + (elements.isEmpty() ? "" : " " + lines) + ")";
    }

    private static String element(WantedPackage each, List<List<Transformation>> transformations) {
        String name = switch (each.subject()) {
            case Subject.Specified(String plain, var version) ->
                "(specification->package "
                        + SchemePrinter.print(Datum.text(plain + version.map(v -> "@" + v).orElse(""))) + ")";
            case Subject.Variable(String variable, Optional<List<String>> module) -> module
                    .map(words -> "(@ (" + String.join(" ", words) + ") " + variable + ")")
                    .orElse(variable);
        };
        int number = transformations.indexOf(each.transformations()) + 1;
        String transformed = number == 0 ? name : "(transform" + number + " " + name + ")";
        if (each.output().equals("out")) {
            return transformed;
        }
        String output = SchemePrinter.print(Datum.text(each.output()));
        String line = "(list " + transformed + " " + output + ")";
        int indent = 2 + "(list ".length();
        boolean fits = number == 0 && indent + line.length() <= WIDTH;
        return fits ? line : "(list " + transformed + "\n" + " ".repeat(indent + "(list ".length()) + output + ")";
    }
}
