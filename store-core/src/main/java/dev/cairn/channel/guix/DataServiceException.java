// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What can go wrong with a Guix Data Service that answers. */
public abstract sealed class DataServiceException extends CairnException {
    private DataServiceException(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }

    /** What is at the address is something else. */
    public static final class Other extends DataServiceException {
        public Other(URI service, String why) {
            super(
                    "'" + service + "' is not a Guix Data Service: " + why,
                    Optional.of("Give the address of one, as in https://data.guix.gnu.org, without a page's name."));
        }
    }

    /** An answer is not what it should be. */
    public static final class Malformed extends DataServiceException {
        public Malformed(URI address, String why) {
            super(
                    "the answer of '" + address + "' cannot be used: " + why,
                    Optional.of("Try again later; if it stays so, the service has a fault, or is newer than Cairn."));
        }
    }

    /** The service says that it cannot answer. */
    public static final class Refused extends DataServiceException {
        public Refused(URI address, String error) {
            super(
                    "the service did not answer '" + address + "': " + error,
                    Optional.of("Services are busy at times: try again later."));
        }
    }

    /** The service knows nothing of what is asked for. */
    public static final class NotFound extends DataServiceException {
        private final String error;

        NotFound(URI address, String error) {
            super("there is nothing at '" + address + "'" + (error.isEmpty() ? "" : ": " + error), Optional.empty());
            this.error = error;
        }

        /** What the service says; empty where it says nothing. */
        public String error() {
            return error;
        }
    }

    /** The service knows no repository of that label. */
    public static final class NoRepository extends DataServiceException {
        public NoRepository(URI service, String label, List<String> labels) {
            super(
                    "'" + service + "' knows no repository '" + label + "'",
                    Optional.of("It knows " + (labels.isEmpty() ? "none." : String.join(", ", labels) + ".")));
        }
    }

    /** A branch is not there, or has no revision that the service has processed. */
    public static final class NoBranch extends DataServiceException {
        public NoBranch(URI service, String branch, List<String> branches) {
            super(
                    "'" + service + "' has no processed revision of branch '" + branch + "'",
                    Optional.of(
                            branches.isEmpty()
                                    ? "Choose another branch or try again later."
                                    : "Its branches are " + String.join(", ", branches) + "."));
        }
    }

    /** The service has not processed a commit, or does not know it. */
    public static final class Unprocessed extends DataServiceException {
        private static final int NAMED = 5;

        /** @param processed descriptions of commits that could be had, those that are nearest first */
        public Unprocessed(URI service, String commit, List<String> processed) {
            super(
                    "'" + service + "' has not processed commit " + commit + ", or does not know it",
                    Optional.of(
                            processed.isEmpty()
                                    ? "Not every commit is processed: choose another one, or try again later."
                                    : "Not every commit is processed. Some that are: "
                                            + String.join(", ", processed.subList(0, Math.min(NAMED, processed.size())))
                                            + "."));
        }
    }
}
