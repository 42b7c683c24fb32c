// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import java.util.regex.Pattern;

/** What activities work on, shortened for people. */
public final class Subjects {
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*:/");

    /** In archives, indices have names of their own only together with their folders. */
    private static final String SUITES = "/dists/";

    /** What follows stands for the folder before it. */
    private static final String BY_HASH = "/by-hash/";

    private Subjects() {}

    /** As {@link #shortened}, and of an address only what it ends in: who it belongs to is of no interest in a list. */
    public static String brief(String subject) {
        return ADDRESS.matcher(subject).lookingAt() ? file(subject) : shortened(subject);
    }

    /**
     * The name of a store item without folder and hash, that of a derivation without its ending; else the text itself.
     */
    public static String shortened(String subject) {
        int slash = subject.lastIndexOf('/');
        if (slash <= 0) {
            return subject;
        }
        try {
            return NamedDerivation.nameOf(new StoreDirectory(subject.substring(0, slash)).parse(subject));
        } catch (FormatException | IllegalArgumentException _) {
            // An address, a title or another file.
            return subject;
        }
    }

    private static String file(String address) {
        int suites = address.lastIndexOf(SUITES);
        if (suites >= 0) {
            int hash = address.indexOf(BY_HASH, suites);
            return address.substring(suites + SUITES.length(), hash < 0 ? address.length() : hash);
        }
        int slash = address.lastIndexOf('/');
        return slash == address.length() - 1 ? address : address.substring(slash + 1);
    }
}
