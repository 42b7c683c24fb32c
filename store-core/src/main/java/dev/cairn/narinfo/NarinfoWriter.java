// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSignature;
import dev.cairn.signature.SecretKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes narinfos, octet for octet as {@code guix publish} and Nix write them (formats, sections 6.1 and 6.2). */
public final class NarinfoWriter {
    private NarinfoWriter() {}

    /**
     * A narinfo of Guix's dialect.
     *
     * @param host by which the signature is said to have been made; informational
     * @param nars where the contents are, in the order that is offered
     */
    public static byte[] guix(Claim claim, String host, SecretKey key, List<NarChoice> nars) throws FormatException {
        String signed = signedPart(claim);
        return octets(signed + signature(signed, host, key) + nars(nars));
    }

    /** The lines that are signed. */
    public static String signedPart(Claim claim) {
        return "StorePath: " + claim.path() + "\n" + statements(claim);
    }

    private static String statements(Claim claim) {
        String references =
                claim.references().stream().map(StorePath::baseName).sorted().collect(Collectors.joining(" "));
        return "NarHash: " + hash(claim.narHash()) + "\n"
                + "NarSize: " + claim.narSize() + "\n"
                + "References: " + references + "\n"
                + claim.deriver().map(deriver -> "Deriver: " + deriver.baseName() + "\n").orElse("");
    }

    /**
     * The line with the signature of the text in front of it.
     *
     * @throws IllegalArgumentException when the host's name cannot stand there
     */
    public static String signature(String signed, String host, SecretKey key) throws FormatException {
        if (host.chars().anyMatch(c -> c < ' ' || c == ';' || c > '~')) {
            throw new IllegalArgumentException("no name of a host: '" + host + "'");
        }
        byte[] signature = key.sign(Hash.sha256(octets(signed))).octets();
        return "Signature: 1;" + host + ";" + Base64.getEncoder().encodeToString(signature) + "\n";
    }

    /** The lines that say where the contents are. */
    public static String nars(List<NarChoice> nars) {
        return nars.stream().map(NarinfoWriter::nar).collect(Collectors.joining());
    }

    private static String nar(NarChoice nar) {
        StringBuilder lines = new StringBuilder();
        lines.append("URL: ").append(nar.url()).append('\n');
        lines.append("Compression: ").append(nar.compression()).append('\n');
        nar.fileHash().ifPresent(hash -> lines.append("FileHash: ").append(hash(hash)).append('\n'));
        nar.fileSize().ifPresent(size -> lines.append("FileSize: ").append(size).append('\n'));
        return lines.toString();
    }

    /** The lines with signatures of Nix's kind; Guix passes over them wherever they are. */
    public static String sigs(List<NixSignature> signatures) {
        return signatures.stream().map(signature -> "Sig: " + signature + "\n").collect(Collectors.joining());
    }

    /** A narinfo of Nix's dialect, which has one place for the contents. */
    public static byte[] nix(
            Claim claim, NarChoice nar, List<NixSignature> signatures, Optional<ContentAddress> contentAddress) {
        return octets("StorePath: " + claim.path() + "\n"
                + nar(nar)
                + statements(claim)
                + sigs(signatures)
                + contentAddress.map(address -> "CA: " + address + "\n").orElse(""));
    }

    private static String hash(Hash hash) {
        return hash.algorithm().id() + ":" + hash.base32();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
