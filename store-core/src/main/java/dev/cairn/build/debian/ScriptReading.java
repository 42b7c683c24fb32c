// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.debian.ControlReader;
import dev.cairn.debian.Paragraph;
import dev.cairn.debian.script.MaintainerScript;
import dev.cairn.debian.script.ScriptAction;
import dev.cairn.debian.script.ScriptFacts;
import dev.cairn.error.FormatException;
import dev.cairn.tree.Diversion;
import dev.cairn.tree.MergedTree;
import dev.cairn.tree.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the scripts of packages would do, read and not run. */
final class ScriptReading {
    private static final String ANY = "all";

    private final List<Part> parts;
    private final String machine;

    ScriptReading(List<Part> parts) throws IOException {
        this.parts = parts;
        this.machine = machine();
    }

    /** The architecture of the packages that are not foreign. */
    private String machine() throws IOException {
        for (Part part : parts) {
            String architecture = part.name().contains(":") ? ANY : control(part).architecture();
            if (!architecture.equals(ANY)) {
                return architecture;
            }
        }
        return ANY;
    }

    /** What packages move out of the way of their own files; they do it before there is a tree to ask. */
    List<Diversion> diversions() throws IOException {
        SortedMap<Path, Diversion> diversions = new TreeMap<>();
        for (Part part : parts) {
            String owner = part.name().replaceFirst(":.*", "");
            for (String script : List.of("preinst", "postinst")) {
                for (ScriptAction action : actions(part, script, "dpkg-divert", _ -> Optional.empty())) {
                    if (action instanceof ScriptAction.Diverts(String path, Optional<String> target)) {
                        Path from = TreeName.path(path);
                        Path to = TreeName.path(target.orElse(path + ".distrib"));
                        if (Diversion.isName(from) && Diversion.isName(to)) {
                            diversions.putIfAbsent(from, new Diversion(owner, from, to));
                        }
                    }
                }
            }
        }
        return List.copyOf(diversions.values());
    }

    /**
     * What the {@code postinst} of a package does when the package is installed where it never was before.
     *
     * @param tree answers what the script asks about files
     */
    List<ScriptAction> actions(Part part, MergedTree tree) throws IOException {
        return actions(part, "postinst", "", name -> exists(tree, name));
    }

    private List<ScriptAction> actions(
            Part part, String script, String word, Function<String, Optional<Boolean>> files) throws IOException {
        Path file = part.contents().resolve("control").resolve(script);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MaintainerScript.LONGEST + 1), StandardCharsets.UTF_8);
        }
        if (!text.contains(word)) {
            return List.of();
        }
        Control control = control(part);
        List<String> arguments = script.equals("preinst") ? List.of("install") : List.of("configure", "");
        try {
            return MaintainerScript.read(
                    text, arguments, new ScriptFacts(control.name(), control.architecture(), machine, files));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Outside of these folders nothing is known. */
    private static Optional<Boolean> exists(MergedTree tree, String name) {
        String relative = TreeName.of(name);
        if (!relative.matches("(usr|etc|opt)/.*") || relative.startsWith("usr/local/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(tree.has(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Control(String name, String architecture) {}

    private static Control control(Part part) throws IOException {
        try (InputStream in = Files.newInputStream(part.contents().resolve("control/control"))) {
            Paragraph control = new ControlReader("control", in)
                    .next()
                    .orElseThrow(() -> new FormatException("control", "no fields"));
            return new Control(control.getOrEmpty("Package"), control.get("Architecture").orElse(ANY));
        } catch (FormatException e) {
            throw new IOException("the control file of '" + part.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
