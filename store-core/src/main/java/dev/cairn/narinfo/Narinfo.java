// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a cache says of one item, in either dialect (formats, section 6.1).
 *
 * @param claim what the item is
 * @param nars where to get it, of the compressions that are known here, in the order of the text
 * @param otherCompressions the names of those that are not
 * @param system what it was built for
 * @param contentAddress from what its name follows, as Nix says
 * @param signatures who vouches for it
 * @param text the octets as they came, a character each
 */
public record Narinfo(
        Claim claim,
        List<NarChoice> nars,
        List<String> otherCompressions,
        Optional<String> system,
        Optional<ContentAddress> contentAddress,
        Signatures signatures,
        String text) {
    /** Octets that a narinfo may have. */
    public static final int MAX_LENGTH = 1 << 20;

    /** What the files of caches are called after the hash part of the item. */
    public static final String SUFFIX = ".narinfo";

    /** What narinfos are on the web. */
    public static final String MEDIA_TYPE = "application/x-nix-narinfo";

    public Narinfo {
        nars = List.copyOf(nars);
        otherCompressions = List.copyOf(otherCompressions);
    }

    public StorePath path() {
        return claim.path();
    }

    /** Whether it is to be believed. */
    public Standing judge(TrustedKeys keys) {
        return new Judgement(this, keys).standing();
    }

    /** Whether it says the same of the same item, so that what was downloaded by the other serves for this one. */
    public boolean isEquivalent(Narinfo other) {
        Claim mine = claim;
        Claim theirs = other.claim;
        return mine.path().equals(theirs.path())
                && mine.narHash().equals(theirs.narHash())
                && mine.narSize() == theirs.narSize()
                && mine.references().equals(theirs.references());
    }

    /**
     * Makes sure that it is about the item that was asked for.
     *
     * @throws FormatException when it is not
     */
    public Narinfo about(StorePath asked) throws FormatException {
        if (!asked.equals(path())) {
            throw NarinfoReader.problem("it is about " + path() + ", not about " + asked);
        }
        return this;
    }

    /** The octets as they came. */
    public byte[] octets() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
