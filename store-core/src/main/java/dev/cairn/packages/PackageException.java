// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.error.CairnException;
import java.util.List;
import java.util.Optional;

/** Why a package cannot be turned into a derivation. */
public abstract sealed class PackageException extends CairnException {
    private PackageException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }

    /** A package names another one, a version or an output that its channel does not have. */
    public static final class UnknownInput extends PackageException {
        private final transient Specification input;

        /**
         * @param dependent who names it
         * @param input what is named
         * @param problem what is wrong with it
         * @param nearest what may have been meant
         */
        public UnknownInput(PackageDefinition dependent, Specification input, String problem, List<String> nearest) {
            super(
                    "'" + dependent.label() + "' (" + dependent.location() + ") needs '" + input + "', but " + problem,
                    nearest.isEmpty()
                            ? Optional.empty()
                            : Optional.of("Did you mean " + String.join(", ", nearest) + "?"),
                    Optional.empty());
            this.input = input;
        }

        /** What was named. */
        public Specification input() {
            return input;
        }
    }

    /** Packages need each other in a circle. */
    public static final class Cycle extends PackageException {
        private final transient List<String> members;

        /** @param members each needs the next one; the last is the first again */
        public Cycle(List<String> members) {
            super(
                    "packages need each other in a circle: " + String.join(" needs ", members),
                    Optional.of("Remove one of these inputs or references from its definition."),
                    Optional.empty());
            this.members = List.copyOf(members);
        }

        /** The packages of the circle; the last is the first again. */
        public List<String> members() {
            return members;
        }
    }

    /** A package that the catalog knows is not in its channel any more. */
    public static final class Gone extends PackageException {
        public Gone(String label, String channel) {
            super(
                    "'" + label + "' is not in the channel '" + channel + "' any more",
                    Optional.of("The channel has changed meanwhile. Search again."),
                    Optional.empty());
        }
    }

    /** The source of a package cannot be read, or a file of it is not as the definition says. */
    public static final class BadSource extends PackageException {
        public BadSource(PackageDefinition owner, String problem, Optional<? extends Throwable> cause) {
            super("the source of '" + owner.label() + "' (" + owner.location() + "): " + problem, Optional.empty(),
                    cause);
        }
    }

    /** Something else in a definition makes no derivation. */
    public static final class Unbuildable extends PackageException {
        public Unbuildable(PackageDefinition owner, String problem) {
            super("'" + owner.label() + "' (" + owner.location() + "): " + problem, Optional.empty(), Optional.empty());
        }
    }
}
