// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.Sexp;
import dev.cairn.signature.SexpReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    Path folder;

    private KeyFiles keys;
    private Sexp.Sequence parameters;

    @BeforeEach
    void prepare() throws Exception {
        keys = new KeyFiles(folder.resolve("etc/guix"));
        parameters = SexpReader.read(SecretKey.DEFAULT_PARAMETERS);
    }

    @Test
    void makesAKeyOnce() throws Exception {
        PublicKey key = keys.generate(parameters);
        assertThat(permissions("signing-key.pub")).isEqualTo("r--r--r--");
        assertThat(permissions("signing-key.sec")).isEqualTo("r--------");
        assertThat(file("signing-key.pub")).hasContent(key.toString());
        assertThat(keys.signingKey().publicKey()).isEqualTo(key);
        assertThatThrownBy(() -> keys.generate(parameters)).isInstanceOf(TrustException.KeyExists.class);
        Files.delete(file("signing-key.sec"));
        assertThatThrownBy(() -> keys.generate(parameters)).isInstanceOf(TrustException.KeyExists.class);
        assertThatThrownBy(keys::signingKey).isInstanceOf(TrustException.NoKey.class);
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        keys.generate(parameters);
        for (String mode : List.of("r--r-----", "r-----r--", "rw---x---")) {
            Files.setPosixFilePermissions(file("signing-key.sec"), PosixFilePermissions.fromString(mode));
            assertThatThrownBy(keys::signingKey)
                    .isInstanceOfSatisfying(TrustException.NotSecret.class, e -> assertThat(e.wireMessage())
                            .isEqualTo("file `" + file("signing-key.sec")
                                    + "' should be secret (inaccessible to everybody else)!"));
        }
        Files.setPosixFilePermissions(file("signing-key.sec"), PosixFilePermissions.fromString("rw-------"));
        assertThat(keys.signingKey()).isNotNull();
    }

    @Test
    void believesNobodyBeforeThereIsAKey() throws Exception {
        assertThat(keys.accessList().keys()).isEmpty();
        assertThat(file("acl")).doesNotExist();
    }

    @Test
    void believesItsOwnKeyFirst() throws Exception {
        PublicKey own = keys.generate(parameters);
        assertThat(keys.accessList().keys()).containsExactly(own);
        assertThat(permissions("acl")).isEqualTo("rw-------");
    }

    @Test
    void putsAuthorisedKeysInFront() throws Exception {
        PublicKey own = keys.generate(parameters);
        PublicKey other = SecretKey.generate(parameters).publicKey();
        assertThat(keys.authorise(other).keys()).containsExactly(other, own);
        assertThat(keys.authorise(own).keys()).containsExactly(own, other);
        assertThat(keys.accessList().keys()).containsExactly(own, other);
        assertThat(file("acl")).hasContent(keys.accessList().text());
    }

    @Test
    void believesARevokedKeyNoMore() throws Exception {
        PublicKey own = keys.generate(parameters);
        PublicKey other = SecretKey.generate(parameters).publicKey();
        keys.authorise(other);
        assertThat(keys.revoke(other).keys()).containsExactly(own);
        assertThat(keys.revoke(own).keys()).isEmpty();
        assertThat(keys.accessList().keys()).isEmpty();
        assertThat(permissions("acl")).isEqualTo("rw-------");
    }

    @Test
    void believesKeysOfNixBesideThoseOfGuix() throws Exception {
        NixPublicKey first = NixPublicKey.parse("first-1:" + "AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        NixPublicKey second = NixPublicKey.parse("second-1:" + "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(keys.nixKeys()).isEmpty();
        keys.revoke(first);
        assertThat(file("nix-keys")).doesNotExist();
        keys.authorise(first);
        keys.authorise(second);
        keys.authorise(first);
        assertThat(keys.nixKeys()).containsExactly(first, second);
        assertThat(keys.trustedKeys().nix()).containsExactly(first, second);
        assertThat(permissions("nix-keys")).isEqualTo("rw-------");
        keys.revoke(first);
        assertThat(keys.nixKeys()).containsExactly(second);
        Files.writeString(file("nix-keys"), "# ours\n\n" + first + " # the farm\n");
        assertThat(keys.nixKeys()).containsExactly(first);
        Files.writeString(file("nix-keys"), "first-1\n");
        assertThatThrownBy(keys::trustedKeys)
                .isInstanceOf(TrustException.Unusable.class)
                .hasMessageContaining("nix-keys'");
    }

    @Test
    void tellsTheStoresOwnKey() throws Exception {
        assertThat(keys.publicKey()).isEmpty();
        PublicKey own = keys.generate(parameters);
        assertThat(keys.publicKey()).contains(own);
        assertThat(own.kind()).isEqualTo("Ed25519");
        assertThat(own.toString()).contains("(q #" + own.fingerprint() + "#)");
    }

    @Test
    void tellsTheFingerprintOfAKeyOfAnotherKind() throws Exception {
        PublicKey rsa = PublicKey.read("(public-key (rsa (n #00C1#) (e #010001#)))".getBytes(StandardCharsets.UTF_8));
        assertThat(rsa.kind()).isEqualTo("rsa");
        assertThat(rsa.fingerprint()).matches("[0-9A-F]{64}");
        PublicKey empty = PublicKey.read("(public-key)".getBytes(StandardCharsets.UTF_8));
        assertThat(empty.kind()).isEmpty();
        assertThat(empty.fingerprint()).matches("[0-9A-F]{64}").isNotEqualTo(rsa.fingerprint());
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        keys.generate(parameters);
        Files.writeString(file("acl"), "(acl (entry))");
        assertThatThrownBy(keys::accessList)
                .isInstanceOf(TrustException.Unusable.class)
                .hasMessageContaining("acl'");
        assertThatThrownBy(() -> keys.authorise(keys.signingKey().publicKey()))
                .isInstanceOf(TrustException.Unusable.class);
        assertThat(file("acl")).hasContent("(acl (entry))");
    }

    private Path file(String name) {
        return folder.resolve("etc/guix").resolve(name);
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name)));
    }
}
