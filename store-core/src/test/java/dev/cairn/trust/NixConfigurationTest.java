// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.signature.NixSecretKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NixConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void believesNobodyWhereThereIsNoFile() throws Exception {
        NixConfiguration configuration = NixConfiguration.read(folder);
        assertThat(configuration.trustedKeys()).isEmpty();
        assertThat(configuration.secretKeys()).isEmpty();
        assertThat(configuration.requiresSignatures()).isTrue();
    }

    @Test
    void readsKeysAndWhetherTheyMatter() throws Exception {
        NixSecretKey own = NixSecretKey.generate("own-1");
        NixSecretKey other = NixSecretKey.generate("other-1");
        Path key = Files.writeString(folder.resolve("key"), own.text() + "\n");
        Files.writeString(folder.resolve("nix.conf"), """
                # A comment, then something that means nothing here
                sandbox = false
                trusted-public-keys = %s   # theirs
                require-sigs = false
                secret-key-files = %s
                """.formatted(other.publicKey(), key));
        NixConfiguration configuration = NixConfiguration.read(folder);
        assertThat(configuration.trustedKeys()).containsExactly(other.publicKey(), own.publicKey());
        assertThat(configuration.secretKeys()).hasSize(1);
        assertThat(configuration.requiresSignatures()).isFalse();
    }

    @Test
    void refusesKeysThatAreNone() throws Exception {
        Files.writeString(folder.resolve("nix.conf"), "trusted-public-keys = nonsense\n");
        assertThatThrownBy(() -> NixConfiguration.read(folder))
                .isInstanceOf(TrustException.Unusable.class)
                .hasMessageContaining("nix.conf");
    }
}
