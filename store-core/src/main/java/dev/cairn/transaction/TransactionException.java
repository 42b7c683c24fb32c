// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import java.util.List;
import java.util.Optional;

/** Why a change of a profile cannot be planned. */
public abstract sealed class TransactionException extends CairnException {
    private TransactionException(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }

    /** Two packages of one name and output, but different items, would be in one profile. */
    public static final class Conflict extends TransactionException {
        private final transient ManifestEntry first;
        private final transient ManifestEntry second;

        /** @param firstWhy who wants {@code first}, as in {@code needed by hello} */
        public Conflict(ManifestEntry first, String firstWhy, ManifestEntry second, String secondWhy, String hint) {
            super(
                    "'" + first.label() + "' (" + firstWhy + ") and '" + second.label() + "' (" + secondWhy
                            + ") cannot be in one profile"
                            + (first.label().equals(second.label())
                                    ? ": they are different builds, " + first.item() + " and " + second.item()
                                    : ""),
                    Optional.of(hint));
            this.first = first;
            this.second = second;
        }

        /** One of the two, met first. */
        public ManifestEntry first() {
            return first;
        }

        /** The other one. */
        public ManifestEntry second() {
            return second;
        }
    }

    /** One change asks for two packages of one name and output. */
    public static final class AskedTwice extends TransactionException {
        public AskedTwice(String first, String second) {
            super(
                    "'" + first + "' and '" + second
                            + "' were both asked for, and only one of them can be in a profile",
                    Optional.of("Name one of them; the other can be in a profile of its own, with --profile."));
        }
    }

    /** A package that is to be removed or upgraded is not installed. */
    public static final class NotInstalled extends TransactionException {
        private final transient Specification specification;

        public NotInstalled(Specification specification, String message, Optional<String> hint) {
            super(message, hint);
            this.specification = specification;
        }

        /** What was asked for. */
        public Specification specification() {
            return specification;
        }
    }

    /** A package's definition leads nowhere: its channel is gone, or packages propagate each other in a circle. */
    public static final class Unusable extends TransactionException {
        public Unusable(String message, String hint) {
            super(message, Optional.of(hint));
        }
    }

    /** An item that is to be installed is not something a profile can hold. */
    public static final class NotInstallable extends TransactionException {
        public NotInstallable(String message, List<String> alternatives) {
            super(
                    message,
                    alternatives.isEmpty()
                            ? Optional.empty()
                            : Optional.of("It could be " + String.join(" or ", alternatives) + "."));
        }
    }
}
