// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NarinfoSignatureTest {
    private static final JsonNode NIX = Golden.json("narinfo/nix.json");
    private static final List<String> NAMES = Golden.strings(NIX.get("narinfos"));

    @Test
    void believesWhatNixSigned() throws Exception {
        NixPublicKey key = NixPublicKey.parse(NIX.get("publicKey").asString());
        for (String text : NAMES) {
            Narinfo narinfo = nix(text);
            assertThat(narinfo.judge(trust(key)))
                    .isEqualTo(new Standing.Authorised(new Voucher.NixKey(key)));
        }
    }

    @Test
    void writesWhatNixWrites() throws Exception {
        NixSecretKey key = NixSecretKey.parse(NIX.get("secretKey").asString());
        for (String text : NAMES) {
            Narinfo narinfo = nix(text);
            Claim claim = narinfo.claim();
            byte[] fingerprint = dev.cairn.signature.NixSignature.fingerprint(
                    claim.path(), claim.narHash(), claim.narSize(), claim.references());
            assertThat(new String(
                            NarinfoWriter.nix(
                                    claim,
                                    narinfo.nars().getFirst(),
                                    List.of(key.sign(fingerprint)),
                                    narinfo.contentAddress()),
                            StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    @Test
    void oneGoodSignatureOfSeveralIsEnough() throws Exception {
        NixPublicKey key = NixPublicKey.parse(NIX.get("publicKey").asString());
        String text = NAMES.get(1).replace("Sig: ", "Sig: nonsense\nSig: other-1:" + "A".repeat(86) + "==\nSig: ");
        assertThat(nix(text).judge(trust(key)).isAuthorised()).isTrue();
        assertThat(nix(text).judge(TrustedKeys.NONE))
                .isEqualTo(new Standing.UnknownKeys(Optional.empty(), List.of("other-1", "cache.example.org-1")));
    }

    @Test
    void believesNothingThatWasChangedAfterNixSignedIt() throws Exception {
        NixPublicKey key = NixPublicKey.parse(NIX.get("publicKey").asString());
        String text = NAMES.get(2);
        List<String> lies = List.of(
                text.replace("NarSize: 216", "NarSize: 217"),
                text.replaceFirst("(?m)^NarHash: .*$", "NarHash: " + hash(NAMES.get(1))),
                text.replaceFirst("(?m)^References: .*$", "References: "),
                text.replaceFirst("(?m)^StorePath: .*$", "StorePath: /nix/store/" + "0".repeat(32) + "-top"));
        for (String lie : lies) {
            assertThat(nix(lie).judge(trust(key))).as(lie).isInstanceOf(Standing.Forged.class);
        }
    }

    @Test
    void believesNamesThatFollowFromContents() throws Exception {
        Narinfo source = nix(NAMES.getFirst().replaceFirst("(?m)^Sig: .*\n", ""));
        assertThat(source.judge(TrustedKeys.NONE))
                .isEqualTo(new Standing.Authorised(
                        new Voucher.Contents(source.contentAddress().orElseThrow())));
        Narinfo other = nix(NAMES.getFirst()
                .replaceFirst("(?m)^Sig: .*\n", "")
                .replace("CA: fixed:r:sha256:0s", "CA: fixed:r:sha256:0r"));
        assertThat(other.judge(TrustedKeys.NONE)).isInstanceOf(Standing.Unsigned.class);
        Narinfo more = nix(NAMES.getFirst()
                .replaceFirst("(?m)^Sig: .*\n", "")
                .replace("References: ", "References: avl82p45rmz99f321b7yq4s91y8dfxij-bottom"));
        assertThat(more.judge(TrustedKeys.NONE)).isInstanceOf(Standing.Unsigned.class);
    }

    @Test
    void namesTheKeyThatIsNotAuthorised() throws Exception {
        Narinfo narinfo = guix(Golden.octets("narinfo/four-nars.narinfo"));
        PublicKey key = key();
        assertThat(narinfo.judge(TrustedKeys.NONE))
                .isEqualTo(new Standing.UnknownKeys(Optional.of(key), List.of()));
        assertThat(narinfo.judge(new TrustedKeys(new AccessList(List.of(key)), List.of())))
                .isEqualTo(new Standing.Authorised(new Voucher.GuixKey(key)));
    }

    @Test
    void writesWhatGuixPublishWrites() throws Exception {
        SecretKey key = SecretKey.read(Golden.json("signature/ecdsa.json")
                .get("secretKey").asString().getBytes(StandardCharsets.US_ASCII));
        for (String name : List.of("uncompressed", "four-nars")) {
            byte[] golden = Golden.octets("narinfo/" + name + ".narinfo");
            Narinfo narinfo = guix(golden);
            assertThat(new String(
                            NarinfoWriter.guix(narinfo.claim(), "substitutes.example.org", key, narinfo.nars()),
                            StandardCharsets.UTF_8))
                    .isEqualTo(new String(golden, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsWrittenIsReadAndBelieved() throws Exception {
        SecretKey key = SecretKey.generate(
                SexpReader.read(SecretKey.DEFAULT_PARAMETERS.getBytes(StandardCharsets.US_ASCII)));
        TrustedKeys keys = new TrustedKeys(new AccessList(List.of(key.publicKey())), List.of());
        Narinfo pattern = guix(Golden.octets("narinfo/four-nars.narinfo"));
        Gen.strings("abcZ09+-._?=", 1, 30).map(name -> "n" + name).check(50, name -> {
            StorePath path = StoreDirectory.GNU.item(pattern.path().hashPart() + "-" + name);
            Claim claim = new Claim(
                    path, pattern.claim().narHash(), 7, List.of(path), Optional.of(
                            StoreDirectory.GNU.item(path.baseName() + ".drv")));
            NarChoice nar = NarChoice.published("nar", Compression.LZIP, path, java.util.OptionalLong.empty());
            Narinfo narinfo = guix(NarinfoWriter.guix(claim, "host", key, List.of(nar)));
            assertThat(narinfo.claim()).isEqualTo(claim);
            assertThat(narinfo.nars()).containsExactly(nar);
            assertThat(narinfo.judge(keys).isAuthorised()).isTrue();
        });
    }

    @Test
    void everyOctetOfTheSignedPartIsSigned() throws Exception {
        TrustedKeys keys = new TrustedKeys(new AccessList(List.of(key())), List.of());
        byte[] golden = Golden.octets("narinfo/four-nars.narinfo");
        int end = new String(golden, StandardCharsets.US_ASCII).indexOf("Signature:");
        for (int i = 0; i < end; i++) {
            byte[] changed = golden.clone();
            changed[i] ^= 1;
            try {
                assertThat(guix(changed).judge(keys)).as("octet " + i).isInstanceOf(Standing.Forged.class);
            } catch (FormatException _) {
                // That does, too.
            }
        }
    }

    @Test
    void escapesNamesInAddresses() throws Exception {
        StorePath path = StoreDirectory.GNU.item("lb23dqh8fxdr7gdagg9a8cfi6i904nvf-a+b-c.d_e?f=g");
        assertThat(NarChoice.published("nar", Compression.GZIP, path, java.util.OptionalLong.empty()).url())
                .isEqualTo("nar/gzip/lb23dqh8fxdr7gdagg9a8cfi6i904nvf-a%2Bb-c.d_e%3Ff%3Dg");
    }

    private static PublicKey key() throws FormatException {
        return AccessList.read(Golden.json("narinfo/verdicts.json")
                        .get("acl").asString().getBytes(StandardCharsets.US_ASCII))
                .keys()
                .getFirst();
    }

    private static TrustedKeys trust(NixPublicKey key) {
        return new TrustedKeys(AccessList.EMPTY, List.of(key));
    }

    private static String hash(String text) throws FormatException {
        return "sha256:" + nix(text).claim().narHash().base32();
    }

    private static Narinfo nix(String text) throws FormatException {
        return NarinfoReader.read(text.getBytes(StandardCharsets.UTF_8), StoreDirectory.NIX);
    }

    private static Narinfo guix(byte[] text) throws FormatException {
        return NarinfoReader.read(text, StoreDirectory.GNU);
    }
}
