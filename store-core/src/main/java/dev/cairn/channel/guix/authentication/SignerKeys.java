// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.git.GitHistory;
import dev.cairn.openpgp.Keyring;
import java.util.Optional;

/** The keys that lie on a channel's branch of keys: one certificate or more a file, armoured or binary. */
final class SignerKeys {
    private static final String ENDING = ".key";
    private static final int MAX_FILE = 1 << 20;
    private static final int MAX_FILES = 5000;

    private SignerKeys() {}

    /** @param top the commit that the branch leads to; empty where there is no such branch */
    static Keyring read(GitHistory history, Optional<String> top, String url, String branch) throws CairnException {
        if (top.isEmpty()) {
            throw new AuthenticationException.NoKeys(url, branch, "is not there");
        }
        Keyring keys = Keyring.EMPTY;
        int files = 0;
        long octets = 0;
        for (String name : history.names(top.get())) {
            if (name.endsWith(ENDING)) {
                if (++files > MAX_FILES) {
                    throw new AuthenticationException.NoKeys(url, branch, "has more than " + MAX_FILES + " of them");
                }
                byte[] file = history.file(top.get(), name, MAX_FILE).orElse(new byte[0]);
                octets += file.length;
                if (octets > Keyring.MAX_SIZE) {
                    throw new AuthenticationException.NoKeys(
                            url, branch, "has more than " + Keyring.MAX_SIZE + " octets of them");
                }
                keys = keys.and(read(file));
            }
        }
        if (keys.isEmpty()) {
            throw new AuthenticationException.NoKeys(url, branch, "has none");
        }
        return keys;
    }

    /** A file that holds no keys is as good as none: what its owner signed is by an unknown key. */
    private static Keyring read(byte[] octets) {
        try {
            return Keyring.read(octets);
        } catch (FormatException _) {
            return Keyring.EMPTY;
        }
    }
}
