// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import java.time.Instant;

/** Why a signature vouches for nothing. Fingerprints are those of the key that signed, which may be a subkey. */
public sealed interface SignatureProblem {
    /** What is wrong, as the end of a sentence that begins with the thing that is signed: "is signed with ...". */
    String message();

    /** There is no signature at all. */
    record NotSigned() implements SignatureProblem {
        @Override
        public String message() {
            return "is not signed";
        }
    }

    /** Something is not as OpenPGP says. */
    record Malformed(String problem) implements SignatureProblem {
        @Override
        public String message() {
            return "is not well signed: " + problem;
        }
    }

    /** @param keyId fingerprint or sixteen digits, as much as the signature tells */
    record UnknownKey(String keyId) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + keyId + ", which is in none of the keyrings";
        }
    }

    /** The key is known but is not one of those that may sign this. */
    record NotAdmitted(String fingerprint) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + ", which is not one of those that may sign it";
        }
    }

    /** The octets are others than those that were signed. */
    record BadSignature(String fingerprint) implements SignatureProblem {
        @Override
        public String message() {
            return "was changed after it was signed with key " + fingerprint;
        }
    }

    /** @param digest such as {@code SHA-1} */
    record WeakDigest(String fingerprint, String digest) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + " over " + digest + ", which is no longer safe";
        }
    }

    /** @param kind such as {@code RSA with 1024 bits} */
    record WeakKey(String fingerprint, String kind) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + " of a kind that is not taken: " + kind;
        }
    }

    /** The key was no longer valid when it signed, or is no longer now. */
    record ExpiredKey(String fingerprint, Instant end) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + ", which expired at " + end;
        }
    }

    /** The key's owner withdrew it. */
    record RevokedKey(String fingerprint) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + ", which was revoked";
        }
    }

    /** A key without sound certifications by itself, or a subkey that is not bound for signing. */
    record NotForSigning(String fingerprint) implements SignatureProblem {
        @Override
        public String message() {
            return "is signed with key " + fingerprint + ", which is not made for signing";
        }
    }

    /** The signature itself had an end. */
    record ExpiredSignature(String fingerprint, Instant end) implements SignatureProblem {
        @Override
        public String message() {
            return "has a signature by key " + fingerprint + " that expired at " + end;
        }
    }

    /** The signature was made later than now, or before the key was. */
    record WrongTime(String fingerprint, Instant time) implements SignatureProblem {
        @Override
        public String message() {
            return "has a signature by key " + fingerprint + " dated " + time
                    + ", which is in the future or before the key was made";
        }
    }
}
