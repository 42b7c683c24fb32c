// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can go wrong with a profile and its generations. */
public abstract sealed class ProfileException extends CairnException {
    private ProfileException(String message, Optional<String> hint) {
        super(message, hint, Optional.empty());
    }

    /** There is no profile yet. */
    public static final class NotFound extends ProfileException {
        public NotFound(Path profile) {
            super(
                    "profile '" + profile + "' does not exist: nothing was ever installed",
                    Optional.of("Install something first, with 'cairn install' for instance."));
        }
    }

    /** Something that is no profile has its name. */
    public static final class NotAProfile extends ProfileException {
        public NotAProfile(Path profile, String problem) {
            super(
                    "'" + profile + "' is not a profile: " + problem,
                    Optional.of("Choose another name for the profile."));
        }
    }

    /** Another operation is changing the profile. */
    public static final class Locked extends ProfileException {
        public Locked(Path profile) {
            super(
                    "profile '" + profile + "' is locked by another process",
                    Optional.of("Wait until the other operation has ended, then try again."));
        }
    }

    /** A generation that is asked for does not exist. */
    public static final class NoSuchGeneration extends ProfileException {
        public NoSuchGeneration(Path profile, String asked, List<Integer> existing) {
            super(
                    "profile '" + profile.getFileName() + "' has no generation " + asked,
                    Optional.of(
                            existing.isEmpty()
                                    ? "It has none at all."
                                    : "There are: "
                                            + existing.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                            + "."));
        }
    }

    /** What a generation held is not in the store any more. */
    public static final class Gone extends ProfileException {
        private final int number;

        public Gone(int number, StorePath item) {
            super(
                    "generation " + number + " is gone: '" + item + "' is no longer in the store",
                    Optional.of("'cairn delete-generations " + number + "' takes it off the list."));
            this.number = number;
        }

        /** The generation. */
        public int number() {
            return number;
        }
    }

    /** The current generation cannot be deleted. */
    public static final class CurrentGeneration extends ProfileException {
        public CurrentGeneration(int number) {
            super(
                    "generation " + number + " is the current one and cannot be deleted",
                    Optional.of("Roll back or switch to another generation first."));
        }
    }

    /** A generation that is pinned cannot be deleted. */
    public static final class Pinned extends ProfileException {
        public Pinned(int number) {
            super(
                    "generation " + number + " is pinned and cannot be deleted",
                    Optional.of(
                            "'cairn unpin-generation " + number + "' lets go of it; so does Unpin on the timeline."));
        }
    }

    /** Text that is meant as a label cannot be one. */
    public static final class BadLabel extends ProfileException {
        public BadLabel(String label, String problem) {
            super(
                    "a generation cannot be called '" + label + "': " + problem,
                    Optional.of("Give it a short name of one line, such as 'before the upgrade'."));
        }
    }

    /** Another generation has the label. */
    public static final class LabelTaken extends ProfileException {
        public LabelTaken(String label, int number) {
            super(
                    "generation " + number + " is called '" + label + "' already",
                    Optional.of("Choose another name, or take it off that generation first."));
        }
    }

    /** There is nothing before generation 0. */
    public static final class NothingBefore extends ProfileException {
        public NothingBefore() {
            super(
                    "cannot roll back: this is already generation 0, the empty one",
                    Optional.of("Switch to a later generation with 'cairn switch-generation N', "
                            + "or install something."));
        }
    }

    /** Another generation became current since a change was planned. */
    public static final class Changed extends ProfileException {
        public Changed(int expected, int actual) {
            super(
                    "the profile was changed meanwhile: generation " + actual + " is current, no longer " + expected,
                    Optional.of("Look again at what would change, then apply it."));
        }
    }

    /** Text that is meant to choose generations does not. */
    public static final class BadPattern extends ProfileException {
        public BadPattern(String text) {
            super(
                    "invalid syntax: '" + text + "'",
                    Optional.of("Write a number, several (1,2,5), a range (2..5, 3.., ..3) or an age (12h, 10d, 2w, "
                            + "1m)."));
        }
    }
}
