// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.encoding.ShellWord;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The build system {@code script}: a shell that runs a text item. Before the script proper, the item sets the search
 * paths of the inputs to what the inputs have; only the build can look.
 */
final class ScriptLowering {
    private static final String HOST_SHELL = "/bin/sh";
    private static final String HOST_PATH = "/usr/bin:/bin";

    private ScriptLowering() {}

    static DerivationBuilder lower(BuildSystem.Script script, BuildPlan plan, String system)
            throws PackageException, FormatException {
        String text = searchPaths(script, plan) + replace(script.script(), plan);
        StorePath item = plan.text(plan.definition().fullName() + "-builder", text);
        String shell = script.shell().isPresent() ? replacePaths(script.shell().get(), plan) : HOST_SHELL;
        DerivationBuilder derivation = plan.derivation(system, shell)
                .argument("-e")
                .argument(item.toString())
                .variable("PATH", path(script, plan));
        plan.source().ifPresent(source -> derivation.variable("src", source.toString()));
        if (script.hostTools()) {
            derivation.variable("hostTools", "1");
        }
        for (Map.Entry<String, String> variable : script.environment().entrySet()) {
            derivation.variable(variable.getKey(), replacePaths(variable.getValue(), plan));
        }
        return derivation;
    }

    private static String replace(String text, BuildPlan plan) throws PackageException {
        return plan.replace(text, output -> "${" + output + "}");
    }

    /** Where no shell would replace a variable, an output's path cannot be told: it follows from this very text. */
    private static String replacePaths(String text, BuildPlan plan) throws PackageException {
        for (References.Part part : References.in(text).parts()) {
            if (part instanceof References.OwnOutput) {
                throw new PackageException.Unbuildable(
                        plan.definition(), "'#$output' can be used in the script, not in its shell or environment");
            }
        }
        return replace(text, plan);
    }

    private static String path(BuildSystem.Script script, BuildPlan plan) {
        SequencedSet<String> folders = new LinkedHashSet<>();
        plan.environment().forEach(input -> folders.add(input.path() + "/bin"));
        if (script.hostTools()) {
            folders.add(HOST_PATH);
        }
        return String.join(":", folders);
    }

    /** Shell code that sets the search paths of the inputs, in their order, each variable once. */
    private static String searchPaths(BuildSystem.Script script, BuildPlan plan) {
        SequencedSet<SearchPathSpecification> wanted = new LinkedHashSet<>();
        for (BuildPlan.Input input : plan.environment()) {
            for (SearchPathSpecification searchPath : input.lowered().definition().searchPaths()) {
                if (searchPath.pattern().isEmpty()
                        && !searchPath.variable().equals("PATH")
                        && !script.environment().containsKey(searchPath.variable())) {
                    wanted.add(searchPath);
                }
            }
        }
        StringBuilder code = new StringBuilder();
        wanted.forEach(searchPath -> code.append(code(searchPath, plan)));
        return code.toString();
    }

    private static String code(SearchPathSpecification searchPath, BuildPlan plan) {
        SequencedSet<String> candidates = new LinkedHashSet<>();
        for (BuildPlan.Input input : plan.environment()) {
            for (String file : searchPath.files()) {
                candidates.add(ShellWord.quote(input.path() + "/" + file));
            }
        }
        List<String> lines = new ArrayList<>();
        String variable = searchPath.variable();
        String separator = searchPath.separator().map(ShellWord::quote).orElse("");
        String test = switch (searchPath.fileType()) {
            case "regular" -> "-f";
            case "symlink" -> "-L";
            default -> "-d";
        };
        lines.add("for cairn_path in " + String.join(" ", candidates) + "; do");
        lines.add("    if [ " + test + " \"$cairn_path\" ]; then");
        lines.add(searchPath.separator().isPresent()
                ? "        " + variable + "=\"${" + variable + ":+$" + variable + "}\"${" + variable + ":+" + separator
                        + "}\"$cairn_path\""
                : "        : \"${" + variable + ":=$cairn_path}\"");
        lines.add("        export " + variable);
        lines.add("    fi");
        lines.add("done");
        return String.join("\n", lines) + "\n";
    }
}
