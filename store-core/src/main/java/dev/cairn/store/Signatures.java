// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.GuixSignature;
import dev.cairn.signature.SexpWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decides which items of archives are believed, and says of the others what is wrong (daemon, section 4.7). */
final class Signatures {
    private final AccessList authorised;

    Signatures(AccessList authorised) {
        this.authorised = authorised;
    }

    /**
     * Refuses an item unless an authorised key signed it.
     *
     * @param hash of what the signature must cover
     * @param text of the signature, if there is one
     */
    void check(StorePath path, Hash hash, Optional<byte[]> text) throws DaemonException {
        byte[] octets = text.orElseThrow(() -> new DaemonException.Refused(
                "'" + path + "' in the archive is not signed",
                Optional.of("Items are imported only with the signature of an authorised key. Have the archive "
                        + "exported again, signed."),
                Optional.of("imported archive of `" + path + "' lacks a signature")));
        GuixSignature signature = parsed(path, octets);
        switch (signature.authenticate(authorised, hash)) {
            case VALID -> {
                return;
            }
            case UNAUTHORISED -> throw unauthorised(path, signature);
            case HASH_MISMATCH -> throw new DaemonException.Refused(
                    "'" + path + "' in the archive is not what was signed: it was damaged or tampered with",
                    Optional.of("Do not use this archive. Fetch or export it again."),
                    Optional.of("signed hash doesn't match actual contents of imported archive; archive could be "
                            + "corrupt, or someone is trying to import a Trojan horse"));
            case INVALID -> throw new DaemonException.Refused(
                    "the signature of '" + path + "' in the archive is not by the key that it names",
                    Optional.of("Do not use this archive: somebody may have forged the signature."),
                    Optional.of("invalid signature: " + signature.text()));
            case CORRUPT -> throw corrupt(path, signature.text());
        }
    }

    private static GuixSignature parsed(StorePath path, byte[] octets) throws DaemonException {
        try {
            return GuixSignature.read(octets);
        } catch (FormatException _) {
            throw corrupt(path, new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    private static DaemonException corrupt(StorePath path, String text) {
        return new DaemonException.Refused(
                "the signature of '" + path + "' in the archive is damaged",
                Optional.of("Fetch or export the archive again."),
                Optional.of("corrupt signature data: " + text));
    }

    private static DaemonException unauthorised(StorePath path, GuixSignature signature) {
        String key = signature.subject().map(SexpWriter::advanced).orElseThrow();
        return new DaemonException.Refused(
                "'" + path + "' in the archive is signed by a key that is not authorised",
                Optional.of("If you trust whoever has this key with everything that this store's programs can do, "
                        + "authorise it by giving its text to 'cairn archive --authorize':\n" + key.strip()),
                Optional.of("unauthorized public key: " + key));
    }
}
