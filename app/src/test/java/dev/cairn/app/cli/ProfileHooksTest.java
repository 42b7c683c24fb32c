// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarReader;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool of one package makes a file over those of another, in a store of the user's own. */
class ProfileHooksTest {
    private static final String BUSYBOX = "i2x7in8bk2b8b0c4vf76d8xnmaqjfdvd-busybox-1.35.0";

    @TempDir
    private Path home;

    private StorePath add(String name, Path tree) throws Exception {
        try (Workspace workspace = Workspace.of(Map.of("HOME", home.toString(), "USER", "tester"))) {
            return workspace.daemon().addTree(name, tree, true, HashAlgorithm.SHA256);
        }
    }

    private Path tree(String name, String file, String contents, String permissions) throws Exception {
        Path tree = home.resolve("trees").resolve(name);
        Path path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, contents);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return tree;
    }

    @Test
    void toolOfAPackageMakesTheFileOverAllPackages() throws Exception {
        Path archive = SharedData.require("data/guix-cache/nar/zstd/" + BUSYBOX);
        Namespaces.assumeUsable();
        Path busybox = home.resolve("trees/busybox");
        Files.createDirectories(busybox.getParent());
        try (InputStream in = new ZstdInputStream(Files.newInputStream(archive))) {
            new NarReader(in).read(NarFiles.restore(busybox));
        }
        StorePath shell = add("busybox", busybox);
        StorePath tool = add("glib-2.80.0", tree("glib", "bin/glib-compile-schemas", """
                #!%s/bin/busybox sh
                [ "$1 $2" = "--targetdir=/out /out" ] || exit 1
                cd /out
                for file in *.gschema.xml; do echo "$file"; done > gschemas.compiled
                """.formatted(shell), "rwxr-xr-x"));
        StorePath one = add("one-1", tree(
                "one", "share/glib-2.0/schemas/one.gschema.xml", "<schemalist/>", "rw-r--r--"));
        StorePath two = add("two-1", tree(
                "two", "share/glib-2.0/schemas/two.gschema.xml", "<schemalist/>", "rw-r--r--"));

        CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
        cairn.must("install", tool.toString(), one.toString(), two.toString());

        Path profile = home.resolve(".local/share/cairn/var/guix/profiles/per-user/tester/guix-profile-1-link");
        Path item = Path.of(home + "/.local/share/cairn" + Files.readSymbolicLink(profile));
        assertThat(item.resolve("share/glib-2.0/schemas/gschemas.compiled"))
                .isRegularFile()
                .hasContent("one.gschema.xml\ntwo.gschema.xml\n");
        assertThat(item.resolve("share/glib-2.0/schemas/one.gschema.xml")).isSymbolicLink();
        cairn.must("verify");
    }

    @Test
    void failureOfAToolIsTold() throws Exception {
        Namespaces.assumeUsable();
        StorePath tool = add("glib-2.80.0", tree("glib", "bin/glib-compile-schemas", "no program", "rwxr-xr-x"));
        StorePath one = add("one-1", tree(
                "one", "share/glib-2.0/schemas/one.gschema.xml", "<schemalist/>", "rw-r--r--"));
        CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
        cairn.must("install", tool.toString(), one.toString());
        assertThat(cairn.err())
                .contains("the compiled schemas of settings was not made: the program for it failed (exit code 1)");
    }
}
