// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.error.FormatException;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.ui.l10n.Messages;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The public key of somebody who signs what servers offer. */
public sealed interface SignerKey {
    /** A key as Guix writes it. */
    record Guix(PublicKey key) implements SignerKey {
        @Override
        public String fingerprint() {
            return key.fingerprint();
        }

        @Override
        public String kind() {
            return TEXTS.text("kind.guix", key.kind());
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public String text() {
            return key.toString();
        }
    }

    /** A key as Nix writes it, which has a name of its own. */
    record Nix(NixPublicKey key) implements SignerKey {
        @Override
        public String fingerprint() {
            return key.fingerprint();
        }

        @Override
        public String kind() {
            return TEXTS.text("kind.nix");
        }

        @Override
        public String name() {
            return key.name();
        }

        @Override
        public String text() {
            return key.toString();
        }
    }

    Messages TEXTS = Messages.of("trust");

    /** 64 hexadecimal digits in upper case. */
    String fingerprint();

    /** Of whose kind it is, for people. */
    String kind();

    /** What the key itself says it is called; may be empty. */
    String name();

    /** The text of its file. */
    String text();

    /** The fingerprint as people compare it: four digits and a space, and so on. */
    default String shownFingerprint() {
        return fingerprint().replaceAll("(.{4})(?=.)", "$1 ");
    }

    /**
     * Reads the text of a key.
     *
     * @throws TrustProblem with what is wrong and what to do, in words for whoever pasted it
     */
    static SignerKey parse(String pasted) throws TrustProblem {
        String text = pasted.strip();
        if (text.length() > SexpReader.MAX_LENGTH) {
            throw TrustProblem.of("problem.long");
        }
        if (text.startsWith("(")) {
            return guix(text);
        }
        if (text.startsWith("-----BEGIN")) {
            throw TrustProblem.of("problem.pem");
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("ssh-")) {
            throw TrustProblem.of("problem.ssh");
        }
        if (text.isEmpty() || text.indexOf(':') <= 0 || text.startsWith("http")) {
            throw TrustProblem.of("problem.nothing");
        }
        if (text.split("\\s+").length > 1) {
            throw TrustProblem.of("problem.several");
        }
        return nix(text);
    }

    private static Guix guix(String text) throws TrustProblem {
        // A private key must be noticed even where its text is damaged.
        if (text.contains("private-key")) {
            throw TrustProblem.of("problem.private");
        }
        if (text.startsWith("(acl")) {
            throw TrustProblem.of("problem.acl");
        }
        try {
            PublicKey key = PublicKey.read(text.getBytes(StandardCharsets.UTF_8));
            if (!key.isUsable()) {
                throw TrustProblem.of("problem.unusable");
            }
            return new Guix(key);
        } catch (FormatException e) {
            throw TrustProblem.of("problem.guix", String.valueOf(e.getMessage()));
        }
    }

    private static Nix nix(String text) throws TrustProblem {
        // A Nix private key has 64 octets, which are 88 characters; the public one 32, which are 44.
        if (text.length() - text.indexOf(':') - 1 >= 86) {
            throw TrustProblem.of("problem.private");
        }
        try {
            return new Nix(NixPublicKey.parse(text));
        } catch (FormatException e) {
            throw TrustProblem.of("problem.nix", String.valueOf(e.getMessage()));
        }
    }
}
