// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import java.util.List;
import java.util.Optional;

/** What can go wrong when asking the catalog. */
public abstract sealed class CatalogException extends CairnException {
    private CatalogException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }

    /** No package is meant by a specification. */
    public static final class Unknown extends CatalogException {
        private final transient List<String> nearest;

        public Unknown(String message, List<String> nearest) {
            super(
                    message,
                    nearest.isEmpty()
                            ? Optional.of("Use 'cairn search' to see what there is.")
                            : Optional.of("Did you mean " + String.join(", ", nearest) + "?"),
                    Optional.empty());
            this.nearest = List.copyOf(nearest);
        }

        /** Names or versions that look like what was asked for. */
        public List<String> nearest() {
            return nearest;
        }
    }

    /** Several packages are meant, and choosing one would be guessing. */
    public static final class Ambiguous extends CatalogException {
        private final transient List<String> candidates;

        public Ambiguous(String specification, List<String> candidates) {
            super(
                    "'" + specification + "' can mean several packages: " + String.join(", ", candidates),
                    Optional.of("Name one of them in full."),
                    Optional.empty());
            this.candidates = List.copyOf(candidates);
        }

        /** The packages it can mean, each as it can be named in full. */
        public List<String> candidates() {
            return candidates;
        }
    }

    /** The catalog's file cannot be read or written. */
    public static final class Unusable extends CatalogException {
        public Unusable(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
            super(message, hint, cause);
        }
    }
}
