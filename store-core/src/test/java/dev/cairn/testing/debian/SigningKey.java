// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicSubkeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/**
 * An OpenPGP key that signs releases. {@link #first} and {@link #second} are made once for all tests; {@link #with}
 * makes keys with defects.
 */
public final class SigningKey {
    private final PGPKeyPair primary;
    private final Optional<PGPKeyPair> subkey;
    private final PGPPublicKeyRing ring;

    private SigningKey(PGPKeyPair primary, Optional<PGPKeyPair> subkey, PGPPublicKeyRing ring) {
        this.primary = primary;
        this.subkey = subkey;
        this.ring = ring;
    }

    /** The key that archives are signed with unless something else is said. */
    public static SigningKey first() {
        return Shared.FIRST;
    }

    /** Another sound key. */
    public static SigningKey second() {
        return Shared.SECOND;
    }

    /** Starts a key of one's own: Ed25519, made two years ago, without an end. */
    public static Recipe with() {
        return new Recipe();
    }

    /** Of the primary key: 40 hexadecimal digits, upper case. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(primary.getPublicKey().getFingerprint());
    }

    /** Of the key that signs: the subkey's if there is one. */
    public String signingFingerprint() {
        return HexFormat.of().withUpperCase().formatHex(signing().getPublicKey().getFingerprint());
    }

    /** The public key with its certifications. */
    public byte[] keyring() {
        try {
            return ring.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in armour. */
    public byte[] armouredKeyring() {
        return armour(keyring());
    }

    /** A detached signature of octets, in armour. */
    public byte[] sign(byte[] contents) {
        return sign(contents, HashAlgorithmTags.SHA512, Instant.now());
    }

    /** @param digest of {@link HashAlgorithmTags} */
    public byte[] sign(byte[] contents, int digest, Instant time) {
        return armour(signature(PGPSignature.BINARY_DOCUMENT, contents, digest, time));
    }

    /** A signature that does not look at how lines end. @param contents with plain line ends */
    public byte[] signText(byte[] contents) {
        byte[] canonical = new String(contents, UTF_8).replace("\n", "\r\n").getBytes(UTF_8);
        return armour(signature(
                PGPSignature.CANONICAL_TEXT_DOCUMENT, canonical, HashAlgorithmTags.SHA512, Instant.now()));
    }

    /** A text in the cleartext framework; it ends with a line end. */
    public byte[] clearSign(String text) {
        return clearSign(text, HashAlgorithmTags.SHA512, Instant.now());
    }

    /** @param digest of {@link HashAlgorithmTags} */
    public byte[] clearSign(String text, int digest, Instant time) {
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        byte[] canonical = lines.replaceAll("[ \t\r]+(?=\n|$)", "").replace("\n", "\r\n").getBytes(UTF_8);
        byte[] signature = armour(signature(PGPSignature.CANONICAL_TEXT_DOCUMENT, canonical, digest, time));
        String header = switch (digest) {
            case HashAlgorithmTags.SHA1 -> "Hash: SHA1\n";
            case HashAlgorithmTags.SHA256 -> "Hash: SHA256\n";
            case HashAlgorithmTags.SHA512 -> "Hash: SHA512\n";
            default -> throw new IllegalArgumentException("digest " + digest);
        };
        String escaped = lines.replaceAll("(?m)^-", "- -");
        return ("-----BEGIN PGP SIGNED MESSAGE-----\n" + header + "\n" + escaped + "\n" + new String(signature, UTF_8))
                .getBytes(UTF_8);
    }

    private byte[] signature(int type, byte[] contents, int digest, Instant time) {
        try {
            PGPKeyPair key = signing();
            PGPSignatureGenerator generator = generator(key.getPublicKey(), digest);
            generator.init(type, key.getPrivateKey());
            PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
            packets.setSignatureCreationTime(Date.from(time));
            packets.setIssuerFingerprint(false, key.getPublicKey());
            generator.setHashedSubpackets(packets.generate());
            generator.update(contents);
            return generator.generate().getEncoded();
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PGPKeyPair signing() {
        return subkey.orElse(primary);
    }

    private static PGPSignatureGenerator generator(PGPPublicKey key, int digest) {
        return new PGPSignatureGenerator(new BcPGPContentSignerBuilder(key.getAlgorithm(), digest), key);
    }

    private static byte[] armour(byte[] packets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            out.write(packets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Made when first asked for. */
    private static final class Shared {
        private static final SigningKey FIRST = with().make();
        private static final SigningKey SECOND = with().make();
    }

    /** What kind of key is made. */
    public static final class Recipe {
        private static final SecureRandom RANDOM = new SecureRandom();

        private Optional<Integer> rsaBits = Optional.empty();
        private Instant created = Instant.now().minus(Duration.ofDays(730)).truncatedTo(ChronoUnit.SECONDS);
        private Optional<Duration> life = Optional.empty();
        private boolean withSubkey;
        private boolean backSignature = true;
        private boolean revoked;
        private boolean subkeyRevoked;

        private Recipe() {}

        /** An RSA key rather than one for Ed25519. */
        public Recipe rsa(int bits) {
            rsaBits = Optional.of(bits);
            return this;
        }

        public Recipe created(Instant time) {
            created = time.truncatedTo(ChronoUnit.SECONDS);
            return this;
        }

        /** When it expires, counted from when it was made. */
        public Recipe life(Duration duration) {
            life = Optional.of(duration);
            return this;
        }

        /** A subkey signs, bound to the primary key. */
        public Recipe subkey() {
            withSubkey = true;
            return this;
        }

        /** A subkey signs that does not vouch for its primary key, as an attacker may add to a key of his own. */
        public Recipe subkeyWithoutBackSignature() {
            withSubkey = true;
            backSignature = false;
            return this;
        }

        /** The key says itself that it is no longer to be trusted. */
        public Recipe revoked() {
            revoked = true;
            return this;
        }

        /** The primary key says so of its subkey. */
        public Recipe subkeyRevoked() {
            withSubkey = true;
            subkeyRevoked = true;
            return this;
        }

        public SigningKey make() {
            try {
                PGPKeyPair primary = pair();
                Optional<PGPKeyPair> subkey = withSubkey ? Optional.of(pair()) : Optional.empty();
                return new SigningKey(primary, subkey, ring(primary, subkey));
            } catch (PGPException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private PGPKeyPair pair() throws PGPException {
            if (rsaBits.isPresent()) {
                RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
                generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65537), RANDOM, rsaBits.get(), 80));
                return pair(PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair());
            }
            Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
            generator.init(new Ed25519KeyGenerationParameters(RANDOM));
            return pair(PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair());
        }

        private PGPKeyPair pair(int algorithm, AsymmetricCipherKeyPair keys) throws PGPException {
            return new BcPGPKeyPair(4, algorithm, keys, Date.from(created));
        }

        /** Writes the packets one after another, as the order of a transferable key wants them (RFC 9580, 10.1). */
        private PGPPublicKeyRing ring(PGPKeyPair primary, Optional<PGPKeyPair> subkey)
                throws PGPException, IOException {
            ByteArrayOutputStream packets = new ByteArrayOutputStream();
            PGPPublicKey key = primary.getPublicKey();
            if (revoked) {
                PGPSignatureGenerator revocation = start(PGPSignature.KEY_REVOCATION, primary, packets());
                key = PGPPublicKey.addCertification(key, revocation.generateCertification(key));
            }
            PGPSignatureSubpacketGenerator flags = packets();
            flags.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | (withSubkey ? 0 : KeyFlags.SIGN_DATA));
            PGPSignatureGenerator certification = start(PGPSignature.POSITIVE_CERTIFICATION, primary, flags);
            String user = "Mini Archive <archive@example.org>";
            key = PGPPublicKey.addCertification(key, user, certification.generateCertification(user, key));
            key.encode(packets);
            if (subkey.isPresent()) {
                subkey(primary, subkey.get()).encode(packets);
            }
            return new PGPPublicKeyRing(packets.toByteArray(), new BcKeyFingerprintCalculator());
        }

        private PGPPublicKey subkey(PGPKeyPair primary, PGPKeyPair pair) throws PGPException, IOException {
            PGPPublicKey master = primary.getPublicKey();
            PGPPublicKey key = new PGPPublicKey(
                    new PublicSubkeyPacket(
                            4,
                            pair.getPublicKey().getAlgorithm(),
                            pair.getPublicKey().getCreationTime(),
                            pair.getPublicKey().getPublicKeyPacket().getKey()),
                    new BcKeyFingerprintCalculator());
            PGPSignatureSubpacketGenerator flags = packets();
            flags.setKeyFlags(false, KeyFlags.SIGN_DATA);
            if (backSignature) {
                PGPSignatureGenerator back = start(PGPSignature.PRIMARYKEY_BINDING, pair, packetsWithoutLife());
                flags.addEmbeddedSignature(false, back.generateCertification(master, key));
            }
            PGPSignatureGenerator binding = start(PGPSignature.SUBKEY_BINDING, primary, flags);
            key = PGPPublicKey.addCertification(key, binding.generateCertification(master, key));
            if (subkeyRevoked) {
                PGPSignatureGenerator revocation =
                        start(PGPSignature.SUBKEY_REVOCATION, primary, packetsWithoutLife());
                key = PGPPublicKey.addCertification(key, revocation.generateCertification(master, key));
            }
            return key;
        }

        private PGPSignatureGenerator start(int type, PGPKeyPair by, PGPSignatureSubpacketGenerator packets)
                throws PGPException {
            PGPSignatureGenerator generator = generator(by.getPublicKey(), HashAlgorithmTags.SHA512);
            generator.init(type, by.getPrivateKey());
            packets.setIssuerFingerprint(false, by.getPublicKey());
            generator.setHashedSubpackets(packets.generate());
            return generator;
        }

        private PGPSignatureSubpacketGenerator packets() {
            PGPSignatureSubpacketGenerator packets = packetsWithoutLife();
            life.ifPresent(duration -> packets.setKeyExpirationTime(false, duration.toSeconds()));
            return packets;
        }

        private PGPSignatureSubpacketGenerator packetsWithoutLife() {
            PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
            packets.setSignatureCreationTime(false, Date.from(created));
            return packets;
        }
    }
}
