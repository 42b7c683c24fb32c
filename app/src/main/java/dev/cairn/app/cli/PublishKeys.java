// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.FileProblem;
import dev.cairn.bridge.publish.Signer;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.NixConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the keys that what is published is signed with. */
final class PublishKeys {
    private final StoreLayout layout;
    private final Dialect dialect;

    PublishKeys(StoreLayout layout, Dialect dialect) {
        this.layout = layout;
        this.dialect = dialect;
    }

    /**
     * The keys in these files, or where there are none the store's own.
     *
     * @param files of either kind; Guix's clients need one of Guix's kind
     * @param publicFile that of the key of Guix's kind, if that was named
     */
    Signer signer(List<Path> files, Optional<Path> publicFile) throws CairnException {
        Optional<SecretKey> guix = Optional.empty();
        List<NixSecretKey> nix = new ArrayList<>();
        for (Path file : files) {
            byte[] text = read(file, true);
            try {
                if (text.length > 0 && text[0] == '(') {
                    guix = Optional.of(SecretKey.read(text));
                } else {
                    nix.add(NixSecretKey.parse(new String(text, StandardCharsets.ISO_8859_1).strip()));
                }
            } catch (FormatException e) {
                throw new FailureException(Texts.text("error.publish-key", file, e.getMessage()), Optional.empty());
            }
        }
        Signer signer = files.isEmpty() ? own() : new Signer(guix, nix);
        if (publicFile.isPresent()) {
            check(signer, publicFile.get());
        }
        return signer;
    }

    private Signer own() throws CairnException {
        try {
            return switch (dialect) {
                case GUIX -> new Signer(Optional.of(new KeyFiles(layout.configuration()).signingKey()), List.of());
                case NIX -> new Signer(
                        Optional.empty(), NixConfiguration.read(layout.configuration()).secretKeys());
            };
        } catch (FileSystemException e) {
            throw unreadable(Path.of(String.valueOf(e.getFile())), e);
        } catch (IOException e) {
            throw new FailureException(
                    Texts.text("error.publish-key", layout.configuration(), String.valueOf(e.getMessage())),
                    Optional.empty());
        }
    }

    private static void check(Signer signer, Path file) throws CairnException {
        PublicKey stated;
        try {
            stated = PublicKey.read(read(file, false));
        } catch (FormatException e) {
            throw new FailureException(Texts.text("error.publish-key", file, e.getMessage()), Optional.empty());
        }
        if (signer.guix().filter(key -> key.publicKey().equals(stated)).isEmpty()) {
            throw new FailureException(Texts.text("error.publish-key-pair", file), Optional.empty());
        }
    }

    private static byte[] read(Path file, boolean secret) throws FailureException {
        try (InputStream in = Files.newInputStream(file)) {
            if (secret && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new FailureException(
                        Texts.text("error.publish-key-open", file),
                        Optional.of(Texts.text("hint.publish-key-open")));
            }
            return in.readNBytes(SexpReader.MAX_LENGTH + 1);
        } catch (FileSystemException e) {
            throw unreadable(file, e);
        } catch (IOException e) {
            throw new FailureException(
                    Texts.text("error.publish-key", file, String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    private static FailureException unreadable(Path file, FileSystemException problem) {
        return new FailureException(
                Texts.text("error.publish-key", file, FileProblem.of(problem)), Optional.empty());
    }
}
