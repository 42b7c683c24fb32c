// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** What a definition needs: the inputs it declares and those it refers to in texts. */
public final class Dependencies {
    private final SourceFolder folder;

    /** @param folder of the channel, where the texts with references lie */
    public Dependencies(SourceFolder folder) {
        this.folder = folder;
    }

    /** Declared inputs of all kinds, then references, each once. */
    public List<Specification> of(PackageDefinition definition) throws PackageException {
        SequencedSet<Specification> all = declared(definition);
        all.addAll(referred(definition));
        return List.copyOf(all);
    }

    /** References to packages that are not declared as inputs, as inputs. */
    public List<Specification> undeclared(PackageDefinition definition) throws PackageException {
        SequencedSet<Specification> referred = new LinkedHashSet<>(referred(definition));
        referred.removeAll(declared(definition));
        return List.copyOf(referred);
    }

    private static SequencedSet<Specification> declared(PackageDefinition definition) {
        SequencedSet<Specification> declared = new LinkedHashSet<>(definition.inputs());
        declared.addAll(definition.nativeInputs());
        declared.addAll(definition.propagatedInputs());
        return declared;
    }

    private List<Specification> referred(PackageDefinition definition) throws PackageException {
        List<Specification> referred = new ArrayList<>();
        for (String text : texts(definition)) {
            for (References.Part part : References.in(text).parts()) {
                switch (part) {
                    case References.Literal _ -> {}
                    case References.OfPackage(Specification specification) -> referred.add(specification);
                    case References.OwnOutput(String output) -> requireOutput(definition, output);
                    case References.OfSource _ -> requireSource(definition);
                }
            }
        }
        return referred;
    }

    private List<String> texts(PackageDefinition definition) throws PackageException {
        List<String> texts = new ArrayList<>();
        switch (definition.buildSystem()) {
            case BuildSystem.Archive _ -> {}
            case BuildSystem.Script script -> {
                texts.add(script.script());
                script.shell().ifPresent(texts::add);
                texts.addAll(script.environment().values());
            }
            case BuildSystem.Files files -> {
                for (Map<String, FileEntry> output : files.files().values()) {
                    for (FileEntry entry : output.values()) {
                        addText(definition, entry, texts);
                    }
                }
            }
        }
        return texts;
    }

    /** Also makes sure that files of the channel are where the definition says. */
    private void addText(PackageDefinition definition, FileEntry entry, List<String> texts) throws PackageException {
        switch (entry) {
            case FileEntry.Text(String text, boolean _) -> texts.add(text);
            case FileEntry.Link(String target) -> texts.add(target);
            case FileEntry.Folder _ -> {}
            case FileEntry.Copy copy -> {
                if (definition.source().orElse(null) instanceof Source.Local local) {
                    if (copy.substitute()) {
                        texts.add(folder.readText(definition, local, copy.from()).text());
                    } else {
                        folder.locate(definition, local, copy.from());
                    }
                }
            }
        }
    }

    private static void requireOutput(PackageDefinition definition, String output) throws PackageException {
        if (!definition.outputs().contains(output)) {
            throw new PackageException.Unbuildable(
                    definition, "'#$output:" + output + "' names no output; there are "
                            + String.join(", ", definition.outputs()));
        }
    }

    private static void requireSource(PackageDefinition definition) throws PackageException {
        if (definition.source().isEmpty()) {
            throw new PackageException.Unbuildable(definition, "'#$source' is used, but there is no source");
        }
    }
}
