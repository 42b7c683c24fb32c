// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.error.CairnException;
import java.util.Optional;

/** Commits of a channel are not by those who may make them. Nothing of such a commit is used. */
public abstract sealed class AuthenticationException extends CairnException {
    private static final String TELL = "Do not use this commit: tell those who look after the channel.";

    private AuthenticationException(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }

    /** A commit bears no signature. */
    public static final class Unsigned extends AuthenticationException {
        public Unsigned(String commit) {
            super("commit " + commit + " is not signed", TELL);
        }
    }

    /** A commit's signature is none of its own, or one that can be forged. */
    public static final class BadSignature extends AuthenticationException {
        /** @param problem how the sentence ends */
        public BadSignature(String commit, String problem) {
            super("commit " + commit + " " + problem, TELL);
        }
    }

    /** The key of a signature is not on the branch of keys. */
    public static final class UnknownKey extends AuthenticationException {
        public UnknownKey(String commit, String key, String branch) {
            super(
                    "commit " + commit + " is signed with key " + key + ", which is not on the branch '" + branch + "'",
                    TELL);
        }
    }

    /** A commit is signed by somebody whom the commits before it do not let sign. */
    public static final class NotAuthorised extends AuthenticationException {
        public NotAuthorised(String commit, String key) {
            super(
                    "commit " + commit + " is signed with key " + key
                            + ", which the commits before it do not authorise",
                    TELL);
        }
    }

    /** A commit says who may sign the next one in a way that cannot be read, or no longer says it. */
    public static final class NoAuthorisations extends AuthenticationException {
        /** @param problem how the sentence ends */
        public NoAuthorisations(String commit, String problem) {
            super("commit " + commit + " " + problem, TELL);
        }
    }

    /** The first commit is by somebody else than the introduction says. */
    public static final class WrongIntroduction extends AuthenticationException {
        /** @param key that it is signed with */
        public WrongIntroduction(Introduction introduction, String key) {
            super(
                    "commit " + introduction.commit() + ", which introduces the channel, is signed with key " + key
                            + " and not with " + introduction.signer(),
                    "Compare the introduction with what those who look after the channel publish.");
        }
    }

    /** A commit has nothing to do with those that are trusted. */
    public static final class Unrelated extends AuthenticationException {
        public Unrelated(String commit, Introduction introduction) {
            super(
                    "commit " + commit + " does not follow commit " + introduction.commit()
                            + ", which introduces the channel",
                    "Check the address and the introduction: they may be of different repositories.");
        }
    }

    /** A commit leads back, or aside, from the one that was used last. */
    public static final class Downgrade extends AuthenticationException {
        public Downgrade(String commit, String current) {
            super(
                    "commit " + commit + " does not follow commit " + current + ", which was used last",
                    "Who serves an older commit may want known weaknesses back. If going there is what you want, use"
                            + " --allow-downgrades.");
        }
    }

    /** There is nothing to look keys up in. */
    public static final class NoKeys extends AuthenticationException {
        /** @param problem how the sentence ends */
        public NoKeys(String url, String branch, String problem) {
            super(
                    "the branch '" + branch + "' of '" + url
                            + "', which should have the keys of those who sign commits, " + problem,
                    "Check the address: a mirror must have that branch, too.");
        }
    }
}
