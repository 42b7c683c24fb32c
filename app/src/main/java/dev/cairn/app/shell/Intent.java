// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.path.StorePath;
import java.util.Optional;

/** What one section asks another to show. */
public sealed interface Intent {
    /** The section that can show it. */
    SectionId section();

    /** The details of a package, in its best version. */
    record ShowPackage(String name) implements Intent {
        @Override
        public SectionId section() {
            return SectionId.PACKAGES;
        }
    }

    /**
     * The dependency graph around a package.
     *
     * @param item what is in the store, if it is there
     */
    record ShowGraph(String name, Optional<StorePath> item) implements Intent {
        @Override
        public SectionId section() {
            return SectionId.GRAPH;
        }
    }

    /** What deleting a generation would free, with that generation marked; the user decides there. */
    record DeleteGeneration(int number) implements Intent {
        @Override
        public SectionId section() {
            return SectionId.STORAGE;
        }
    }

    /** A generation of the profile. */
    record ShowGeneration(int number) implements Intent {
        @Override
        public SectionId section() {
            return SectionId.TIMELINE;
        }
    }
}
