// SPDX-License-Identifier: Apache-2.0
package dev.cairn.trust;

import dev.cairn.error.FormatException;
import dev.cairn.fs.AtomicFiles;
import dev.cairn.fs.FileTrees;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.Sexp;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of one store: {@code signing-key.pub} and {@code signing-key.sec}, with which it signs, {@code acl}, whose
 * signatures it believes, and beside it {@code nix-keys}, which Guix does not know: the keys of Nix's caches that it
 * believes, each {@code NAME:BASE64} on a line of its own, where {@code #} begins a comment. Replaced as a whole, so
 * that readers always find a complete file. Safe for use by several threads; of two that authorise at the same time,
 * the later may undo what the earlier did.
 */
public final class KeyFiles {
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("r--r--r--");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("r--------");
    private static final Set<PosixFilePermission> LIST = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    /** @param folder that of the store's configuration; made when something is written */
    public KeyFiles(Path folder) {
        this.folder = folder;
    }

    private Path publicFile() {
        return folder.resolve("signing-key.pub");
    }

    private Path secretFile() {
        return folder.resolve("signing-key.sec");
    }

    private Path listFile() {
        return folder.resolve("acl");
    }

    private Path nixFile() {
        return folder.resolve("nix-keys");
    }

    /**
     * Makes the store's key.
     *
     * @param parameters see {@link SecretKey#generate}
     * @throws TrustException.KeyExists when one of its files is there
     * @throws FormatException when the parameters mean no key
     */
    public PublicKey generate(Sexp.Sequence parameters) throws TrustException, FormatException, IOException {
        for (Path file : List.of(publicFile(), secretFile())) {
            if (FileTrees.exists(file)) {
                throw new TrustException.KeyExists(file);
            }
        }
        SecretKey key = SecretKey.generate(parameters);
        Files.createDirectories(folder);
        AtomicFiles.write(secretFile(), octets(key.fileText()), SECRET);
        AtomicFiles.write(publicFile(), octets(key.publicKey().toString()), PUBLIC);
        return key.publicKey();
    }

    /**
     * The key that the store signs with.
     *
     * @throws TrustException.NoKey when there is none
     * @throws TrustException.NotSecret when others may read it
     */
    public SecretKey signingKey() throws TrustException, IOException {
        Path file = secretFile();
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new TrustException.NotSecret(file);
            }
            return SecretKey.read(read(file));
        } catch (NoSuchFileException _) {
            throw new TrustException.NoKey(file);
        } catch (FormatException e) {
            throw new TrustException.Unusable(file, e.getMessage());
        }
    }

    /**
     * The public half of the key that the store signs with, for others to authorise; empty where none was made.
     *
     * @throws TrustException.Unusable when its file holds no key
     */
    public Optional<PublicKey> publicKey() throws TrustException, IOException {
        Path file = publicFile();
        try {
            return Optional.of(PublicKey.read(read(file)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (FormatException e) {
            throw new TrustException.Unusable(file, e.getMessage());
        }
    }

    /** The keys whose signatures are believed. Where no list was ever made, the store's own key is on it. */
    public AccessList accessList() throws TrustException, IOException {
        Path file = listFile();
        try {
            return AccessList.read(read(file));
        } catch (NoSuchFileException _) {
            return firstList();
        } catch (FormatException e) {
            throw new TrustException.Unusable(file, e.getMessage());
        }
    }

    private AccessList firstList() throws TrustException, IOException {
        Optional<PublicKey> own = publicKey();
        if (own.isEmpty()) {
            return AccessList.EMPTY;
        }
        AccessList first = new AccessList(List.of(own.get()));
        try {
            write(first);
        } catch (AccessDeniedException _) {
            // Whoever may only read here gets the list that the store's owner would get.
        }
        return first;
    }

    /**
     * Has signatures of a key believed from now on, and puts it in front of the list.
     *
     * @return the new list
     */
    public AccessList authorise(PublicKey key) throws TrustException, IOException {
        AccessList list = accessList().with(key);
        write(list);
        return list;
    }

    /**
     * Has signatures of a key believed no more. What came in with them stays: the store does not keep whose signature
     * an item came in with.
     *
     * @return the new list
     */
    public AccessList revoke(PublicKey key) throws TrustException, IOException {
        AccessList list = accessList().without(key);
        write(list);
        return list;
    }

    private void write(AccessList list) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(listFile(), octets(list.text()), LIST);
    }

    /** Whether a list was ever made of whose signatures are believed. */
    public boolean hasList() {
        return Files.exists(listFile());
    }

    /** Makes it as if no list was ever made, unless there are keys on it. */
    public void forgetEmptyList() throws TrustException, IOException {
        if (hasList() && accessList().keys().isEmpty()) {
            Files.delete(listFile());
        }
    }

    /** All that is believed. */
    public TrustedKeys trustedKeys() throws TrustException, IOException {
        return new TrustedKeys(accessList(), nixKeys());
    }

    /** The keys of Nix's kind whose signatures are believed, the latest first. */
    public List<NixPublicKey> nixKeys() throws TrustException, IOException {
        Path file = nixFile();
        List<NixPublicKey> keys = new ArrayList<>();
        try {
            for (String line : new String(read(file), StandardCharsets.UTF_8).split("\n")) {
                String text = line.replaceFirst("#.*", "").strip();
                if (!text.isEmpty()) {
                    keys.add(NixPublicKey.parse(text));
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (FormatException e) {
            throw new TrustException.Unusable(file, e.getMessage());
        }
        return List.copyOf(keys);
    }

    /** Has signatures of a key of Nix's kind believed from now on, and puts it in front of the list. */
    public void authorise(NixPublicKey key) throws TrustException, IOException {
        List<NixPublicKey> keys = new ArrayList<>(nixKeys());
        keys.remove(key);
        keys.addFirst(key);
        writeNix(keys);
    }

    /** Has signatures of a key of Nix's kind believed no more. What came in with them stays. */
    public void revoke(NixPublicKey key) throws TrustException, IOException {
        List<NixPublicKey> keys = new ArrayList<>(nixKeys());
        if (keys.remove(key)) {
            writeNix(keys);
        }
    }

    private void writeNix(List<NixPublicKey> keys) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(nixFile(), octets(keys.stream().map(key -> key + "\n").collect(Collectors.joining())), LIST);
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SexpReader.MAX_LENGTH + 1);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
