// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cairn.error.FormatException;
import dev.cairn.openpgp.Packets.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPRuntimeOperationException;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * Public keys that are trusted to sign something, each with its subkeys and certifications. Who puts keys together
 * decides to trust them: certifications by other keys mean nothing. Immutable.
 */
public final class Keyring {
    /** No keys. */
    public static final Keyring EMPTY = new Keyring(List.of());

    /** Octets that a keyring may have at most; Debian's have less than one hundredth of that. */
    public static final int MAX_SIZE = 16 << 20;

    private static final String FORMAT = "OpenPGP keyring";
    private static final int MAX_KEYS = 10_000;

    private final List<PGPPublicKeyRing> rings;

    private Keyring(List<PGPPublicKeyRing> rings) {
        this.rings = List.copyOf(rings);
    }

    /** A key and the primary key that it belongs to, which may be the same. */
    record Found(PGPPublicKey primary, PGPPublicKey key) {}

    /**
     * Reads keys, binary or in armour, several files' worth of them one after another. Keys of a kind that is not
     * known are passed over: they can sign nothing that would be believed.
     *
     * @throws FormatException when it is something else, a keybox above all
     */
    public static Keyring read(byte[] octets) throws FormatException {
        if (octets.length > MAX_SIZE) {
            throw new FormatException(FORMAT, "it has more than " + MAX_SIZE + " octets");
        }
        if (octets.length >= 12 && new String(octets, 8, 4, US_ASCII).equals("KBXf")) {
            throw new FormatException(FORMAT,
                    "it is a keybox, which is GnuPG's own; its keys can be written with 'gpg --export'");
        }
        if (octets.length == 0) {
            return EMPTY;
        }
        List<byte[]> parts = Armour.isArmour(octets) ? Armour.blocks(octets, "PUBLIC KEY BLOCK") : List.of(octets);
        if (parts.isEmpty()) {
            throw new FormatException(FORMAT, "there are no keys in it");
        }
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        for (byte[] part : parts) {
            read(part, rings);
        }
        return new Keyring(rings);
    }

    /** The keys of both. */
    public Keyring and(Keyring other) {
        List<PGPPublicKeyRing> all = new ArrayList<>(rings);
        all.addAll(other.rings);
        return new Keyring(all);
    }

    /** Of the primary keys, in order: 40 or 64 hexadecimal digits, upper case. */
    public List<String> fingerprints() {
        return rings.stream().map(ring -> fingerprint(ring.getPublicKey())).toList();
    }

    public boolean isEmpty() {
        return rings.isEmpty();
    }

    /** Those that a signature may be by. */
    List<Found> candidates(SignatureIssuer issuer) {
        List<Found> found = new ArrayList<>();
        for (PGPPublicKeyRing ring : rings) {
            for (PGPPublicKey key : ring) {
                if (issuer.mayBe(key)) {
                    found.add(new Found(ring.getPublicKey(), key));
                }
            }
        }
        return found;
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    private static void read(byte[] part, List<PGPPublicKeyRing> rings) throws FormatException {
        List<Packet> packets = Packets.of(part);
        if (packets.isEmpty() || packets.getFirst().tag() != Packets.PUBLIC_KEY) {
            throw new FormatException(FORMAT, "it does not begin with a public key");
        }
        int start = 0;
        for (int i = 0; i < packets.size(); i++) {
            boolean last = i == packets.size() - 1;
            if (last || packets.get(i + 1).tag() == Packets.PUBLIC_KEY) {
                if (rings.size() == MAX_KEYS) {
                    throw new FormatException(FORMAT, "it has more than " + MAX_KEYS + " keys");
                }
                int end = packets.get(i).end();
                readOne(Arrays.copyOfRange(part, start, end), rings);
                start = end;
            }
        }
    }

    private static void readOne(byte[] packets, List<PGPPublicKeyRing> rings) {
        try {
            PGPPublicKeyRing ring = new PGPPublicKeyRing(packets, new BcKeyFingerprintCalculator());
            int version = ring.getPublicKey().getVersion();
            if (version == 4 || version == 6) {
                rings.add(ring);
            }
        } catch (IOException | PGPRuntimeOperationException | IllegalArgumentException _) {
            // A kind of key that is not known. What it signs is reported as signed by an unknown key.
        }
    }
}
