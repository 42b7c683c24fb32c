// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.error.CairnException;
import dev.cairn.packages.DefinitionProblem;
import java.util.Optional;

/** What can go wrong with a channel as a whole. */
public abstract sealed class ChannelException extends CairnException {
    private ChannelException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }

    /** The file that makes a folder a channel is missing or wrong. */
    public static final class Malformed extends ChannelException {
        private final transient DefinitionProblem problem;

        /** @param channel where the channel is */
        public Malformed(String channel, DefinitionProblem problem) {
            super(
                    "the channel '" + channel + "' cannot be used: " + problem.message(),
                    Optional.of("A channel is a folder with a file channel.json"
                            + " such as {\"format\": 1, \"name\": \"mine\"}."),
                    Optional.empty());
            this.problem = problem;
        }

        /** What is wrong, and where. */
        public DefinitionProblem problem() {
            return problem;
        }
    }

    /** The channel's files cannot be read. */
    public static final class Unreadable extends ChannelException {
        public Unreadable(String channel, Throwable cause) {
            super(
                    "the channel '" + channel + "' cannot be read: " + cause.getMessage(),
                    Optional.of("Check that the folder exists and that this user may read it."),
                    Optional.of(cause));
        }
    }

    /** A revision of a channel that is asked for is not there. */
    public static final class NoRevision extends ChannelException {
        public NoRevision(String message, Optional<String> hint) {
            super(message, hint, Optional.empty());
        }
    }

    /** Packages cannot be had, or not together. */
    public static final class Unsatisfiable extends ChannelException {
        /** @param message names the packages, and what is between them */
        public Unsatisfiable(String message, Optional<String> hint) {
            super(message, hint, Optional.empty());
        }
    }
}
