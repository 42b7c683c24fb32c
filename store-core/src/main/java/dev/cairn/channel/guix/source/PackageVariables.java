// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.Place;
import dev.cairn.scheme.code.TopLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What variables of a channel's modules mean to a file that imports some of these, as manifests do. Nothing is run, and
 * nothing guessed. For one thread.
 */
public final class PackageVariables {
    /** No module of a channel is in a file that is called so. */
    private static final String IMPORTING = "manifest";

    /** What the modules begin with that come with Guile; they define no packages. */
    private static final Set<String> OF_GUILE =
            Set.of("srfi", "ice-9", "rnrs", "scheme", "system", "language", "texinfo", "sxml", "web", "oop");

    private final Modules modules;
    private final Scope scope = Scope.of(IMPORTING);

    /** Why no variable can be told, if something is wrong with what is imported. */
    private final Optional<String> problem;

    /** What a variable stands for. */
    public sealed interface Meaning {
        /** A package, by what it is called where one asks for it. */
        record OnePackage(String name, Optional<String> version) implements Meaning {}

        /** Nothing that could be told without running the code. @param why for people */
        record Unknown(String why) implements Meaning {}
    }

    /** @param imports as they stand in {@code use-modules}, in order */
    PackageVariables(ModuleFiles files, List<Form> imports) throws CairnException {
        this.modules = new Modules(files);
        List<Import> read = new ArrayList<>();
        Optional<String> wrong = Optional.empty();
        for (Form form : imports) {
            Optional<Import> one = Import.of(form);
            if (one.isEmpty()) {
                wrong = Optional.of("what it imports cannot be told (line " + form.place().line() + ")");
            } else if (!isOfGuile(one.get()) && modules.module(one.get().file()).isEmpty()) {
                wrong = Optional.of("the channel has no module '" + one.get().file() + "' (line "
                        + form.place().line() + ")");
            } else {
                read.add(one.get());
            }
        }
        this.problem = wrong;
        modules.add(new SchemeModule(IMPORTING, TopLevel.of(""), Map.of(), Set.of(), Map.of(), read));
    }

    private static boolean isOfGuile(Import one) {
        return OF_GUILE.contains(one.file().replaceFirst("[/.].*", ""));
    }

    /**
     * The package that a variable holds.
     *
     * @param place where that is asked
     * @throws CairnException when the modules cannot be read
     */
    Meaning find(Subject.Variable variable, Place place) throws CairnException {
        Form name = new Form.Symbol(variable.name(), place);
        if (variable.module().isEmpty() && problem.isPresent()) {
            return new Meaning.Unknown(problem.get());
        }
        Form asked = variable.module().<Form>map(words -> list(
                        place,
                        new Form.Symbol("@", place),
                        list(place, words.stream().map(word -> new Form.Symbol(word, place)).toArray(Form[]::new)),
                        name))
                .orElse(name);
        try {
            PackageReader packages = new PackageReader(new Expressions(modules));
            GuixPackage found = packages.read(asked, scope);
            return new Meaning.OnePackage(packages.name(found), packages.version(found));
        } catch (UnreadableException | FormatException e) {
            return new Meaning.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static Form list(Place place, Form... elements) {
        return new Form.Listing(List.of(elements), Optional.empty(), place);
    }
}
