// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import dev.cairn.channel.debian.ArchiveSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small archive of Debian packages in a folder: {@code dists/SUITE/} with signed releases and indices, {@code pool/}
 * with packages, {@code keyring.gpg} and {@code keyring.asc} with {@link SigningKey#first}. Describe suites, then
 * {@link #write}; describe more and write again, and the archive has been updated.
 */
public final class MiniArchive {
    private final Path folder;
    private final Map<String, MiniSuite> suites = new LinkedHashMap<>();

    private MiniArchive(Path folder) {
        this.folder = folder;
    }

    /** @param folder made if it is not there */
    public static MiniArchive in(Path folder) {
        return new MiniArchive(folder);
    }

    /** The suite of this name, made up when first asked for; a name ending with a slash stands for no components. */
    public MiniSuite suite(String name) {
        return suites.computeIfAbsent(name, MiniSuite::new);
    }

    /** Writes everything; what is there already is replaced, packages that are no longer listed stay. */
    public MiniArchive write() throws IOException {
        Files.createDirectories(folder);
        Files.write(keyring(), SigningKey.first().keyring());
        Files.write(armouredKeyring(), SigningKey.first().armouredKeyring());
        for (MiniSuite suite : suites.values()) {
            new SuiteWriter(folder, suite).write();
        }
        return this;
    }

    /** Serves the folder by HTTP until the server is closed. */
    public MiniServer serve() throws IOException {
        return new MiniServer(folder);
    }

    /** The folder as an archive's root: {@code file:///.../}. */
    public URI address() {
        return URI.create("file://" + folder.toAbsolutePath().toUri().getRawPath().replaceFirst("/*$", "/"));
    }

    /** A file of the archive by its relative name, such as {@code dists/bookworm/InRelease}. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Where a package's file lies. */
    public Path file(DebWriter deb, String component) {
        return folder.resolve(SuiteWriter.poolName(deb, component));
    }

    /** Binary. */
    public Path keyring() {
        return folder.resolve("keyring.gpg");
    }

    /** In armour. */
    public Path armouredKeyring() {
        return folder.resolve("keyring.asc");
    }

    /** The suite as apt's configuration would name it, read from the folder; for amd64, with this archive's keyring. */
    public ArchiveSource source(String suite, String... components) {
        return source(address(), suite, components);
    }

    /** The same through another address, such as that of a server. */
    public ArchiveSource source(URI address, String suite, String... components) {
        return new ArchiveSource(
                address,
                suite,
                Arrays.asList(components),
                List.of("amd64"),
                List.of(keyring()),
                Optional.empty(),
                List.of(),
                ArchiveSource.Relaxed.NOTHING,
                Optional.empty(),
                "mini.list:1");
    }
}
