// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest.code;

import dev.cairn.scheme.code.Place;
import java.util.List;
import java.util.Optional;

/**
 * A package that a manifest asks for.
 *
 * @param subject which one
 * @param output such as {@code out}
 * @param transformations what is to be done to it first, in order; only Guile can do that
 * @param place where the manifest says so
 */
public record WantedPackage(Subject subject, String output, List<Transformation> transformations, Place place) {
    /** How a manifest names a package. */
    public sealed interface Subject {
        /**
         * By its name.
         *
         * @param version exact, or the beginning of one
         */
        record Specified(String name, Optional<String> version) implements Subject {}

        /**
         * By the variable of Guix's modules that holds it.
         *
         * @param module the words of that module's name, where the manifest says
         */
        record Variable(String name, Optional<List<String>> module) implements Subject {
            public Variable(String name) {
                this(name, Optional.empty());
            }
        }
    }

    /**
     * An option as those of {@code guix build}, such as {@code with-debug-info}.
     *
     * @param value what follows the equals sign
     */
    public record Transformation(String option, String value) {}

    public WantedPackage {
        transformations = List.copyOf(transformations);
    }

    /** As in {@code NAME@VERSION:OUTPUT}. */
    public String label() {
        String name = switch (subject) {
            case Subject.Specified(String plain, Optional<String> version) ->
                plain + version.map(text -> "@" + text).orElse("");
            case Subject.Variable(String variable, _) -> variable;
        };
        return name + (output.equals("out") ? "" : ":" + output);
    }
}
