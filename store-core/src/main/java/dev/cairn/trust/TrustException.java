// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Optional;

/** What can be wrong with keys on disk. */
public abstract sealed class TrustException extends CairnException {
    private TrustException(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }

    /** There is no key to sign with. */
    public static final class NoKey extends TrustException {
        NoKey(Path file) {
            super("there is no signing key '" + file + "'", "Make one with 'cairn archive --generate-key'.");
        }
    }

    /** There is a key already; it is not replaced. */
    public static final class KeyExists extends TrustException {
        KeyExists(Path file) {
            super(
                    "the key '" + file + "' exists already",
                    "Whatever was signed with it would have to be signed again. If that is what you want, remove "
                            + "both files of the key first.");
        }
    }

    /** Others could read the private key, and so sign with it. */
    public static final class NotSecret extends TrustException {
        private final transient Path file;

        NotSecret(Path file) {
            super(
                    "the private key '" + file + "' can be read by other users",
                    "Find out whether somebody did. If not, 'chmod 0400' makes it secret; else make a new key.");
            this.file = file;
        }

        /** What guix-daemon says (daemon, section 4.7). */
        public String wireMessage() {
            return "file `" + file + "' should be secret (inaccessible to everybody else)!";
        }
    }

    /** A file of keys is damaged. */
    public static final class Unusable extends TrustException {
        Unusable(Path file, String problem) {
            super(
                    "'" + file + "' cannot be used: " + problem,
                    "Restore it from a backup, or remove it and make or authorise the keys again.");
        }
    }
}
