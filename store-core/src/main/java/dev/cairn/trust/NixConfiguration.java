// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import dev.cairn.error.FormatException;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.NixSecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code nix.conf} says of whom a store in Nix's manner believes: {@code trusted-public-keys}, {@code
 * require-sigs}, {@code secret-key-files}. Other lines mean nothing here, files that it includes are not read.
 *
 * @param trustedKeys whose signatures are believed
 * @param requiresSignatures whether items from those who are not trusted must be signed
 * @param secretKeys what this store signs with
 */
public record NixConfiguration(
        List<NixPublicKey> trustedKeys, boolean requiresSignatures, List<NixSecretKey> secretKeys) {
    private static final String FILE = "nix.conf";

    public NixConfiguration {
        trustedKeys = List.copyOf(trustedKeys);
        secretKeys = List.copyOf(secretKeys);
    }

    /**
     * Reads the file in a folder; where there is none, nobody is believed.
     *
     * @throws TrustException.Unusable when a key is none
     */
    public static NixConfiguration read(Path folder) throws TrustException, IOException {
        Path file = folder.resolve(FILE);
        Map<String, String> settings = settings(file);
        List<NixPublicKey> trusted = new ArrayList<>();
        List<NixSecretKey> secret = new ArrayList<>();
        try {
            for (String name : new String[] {"trusted-public-keys", "extra-trusted-public-keys"}) {
                for (String key : words(settings.getOrDefault(name, ""))) {
                    trusted.add(NixPublicKey.parse(key));
                }
            }
            for (String name : words(settings.getOrDefault("secret-key-files", ""))) {
                NixSecretKey key = NixSecretKey.parse(Files.readString(Path.of(name)).strip());
                secret.add(key);
                trusted.add(key.publicKey());
            }
        } catch (FormatException e) {
            throw new TrustException.Unusable(file, e.getMessage());
        }
        return new NixConfiguration(trusted, !"false".equals(settings.get("require-sigs")), secret);
    }

    private static Map<String, String> settings(Path file) throws IOException {
        Map<String, String> settings = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String text = line.replaceFirst("#.*", "");
                int equals = text.indexOf('=');
                if (equals > 0) {
                    settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
                }
            }
        } catch (NoSuchFileException _) {
            // Nothing is set.
        }
        return settings;
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split("\\s+");
    }
}
