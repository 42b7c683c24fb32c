// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Optional;

/** What can go wrong with repositories. */
public abstract sealed class GitException extends CairnException {
    private GitException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }

    /** An address that is not one of a repository that can be fetched from. */
    public static final class UnusableAddress extends GitException {
        public UnusableAddress(String url) {
            super(
                    "nothing can be fetched from '" + url + "'",
                    Optional.of("Addresses begin with https://, http:// or file://, or are folders of this machine."),
                    Optional.empty());
        }
    }

    /** The repository does not answer, or not as one should. */
    public static final class Unreachable extends GitException {
        public Unreachable(String url, String why, Throwable cause) {
            super(
                    "fetching from '" + url + "' failed: " + why,
                    Optional.of("Check the address and the network, and try again: what was fetched before stays."),
                    Optional.of(cause));
        }
    }

    /** The repository answered, but does not have the commit. */
    public static final class NoSuchCommit extends GitException {
        public NoSuchCommit(String url, String commit) {
            super(
                    "the repository '" + url + "' does not have the commit " + commit,
                    Optional.of("Perhaps it is of another repository, or of a branch that was deleted."),
                    Optional.empty());
        }
    }

    /** The repository leaves out commits that others follow. */
    public static final class Incomplete extends GitException {
        public Incomplete(String url, String commit) {
            super(
                    "the repository '" + url + "' does not have all commits before " + commit,
                    Optional.of("Perhaps it was cut off by 'git clone --depth': 'git fetch --unshallow' completes it."),
                    Optional.empty());
        }
    }

    /** It is more than is taken. */
    public static final class TooLarge extends GitException {
        public TooLarge(String url, String what) {
            super(
                    "fetching from '" + url + "' was ended: " + what,
                    Optional.of("That is more than a channel has. Check the address; how many objects and commits are "
                            + "taken depends on the memory that Java may use (-Xmx)."),
                    Optional.empty());
        }
    }

    /** A file or folder of a commit was left out of what was fetched. */
    public static final class Withheld extends GitException {
        public Withheld(Path folder, Throwable cause) {
            super(
                    "the repository that '" + folder + "' was fetched from keeps a part of its files back: "
                            + cause.getMessage(),
                    Optional.of("Perhaps it was made by 'git clone --filter': give the address of one that is whole. "
                            + "If this one is whole by now, delete that folder; it is fetched again."),
                    Optional.of(cause));
        }
    }

    /** What lies in the cache cannot be read. */
    public static final class Damaged extends GitException {
        public Damaged(Path folder, Throwable cause) {
            super(
                    "the copy of a repository in '" + folder + "' cannot be read: " + cause.getMessage(),
                    Optional.of("Delete that folder; it is fetched again when it is needed."),
                    Optional.of(cause));
        }
    }
}
