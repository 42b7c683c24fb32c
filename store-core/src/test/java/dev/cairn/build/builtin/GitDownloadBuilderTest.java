// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.build.TestStore;
import dev.cairn.build.sandbox.HostTool;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitDownloadBuilderTest {
    @TempDir
    private Path folder;

    private TestStore store;
    private Path repository;
    private Hash hash;
    private String commit;

    @BeforeEach
    void makeARepository() throws Exception {
        Namespaces.assumeUsable();
        Assumptions.assumeTrue(HostTool.find("git").isPresent(), "needs git (apt install git)");
        store = new TestStore(folder.resolve("root"));
        repository = Files.createDirectories(folder.resolve("repository"));
        Files.createDirectories(repository.resolve("sub"));
        Files.writeString(repository.resolve("sub/file"), "first\n");
        hash = NarFiles.summarise(repository).hash();
        git("init", "--quiet", "--initial-branch=main");
        git("add", ".");
        git("-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet", "-m", "first");
        git("tag", "v1");
        Files.writeString(repository.resolve("sub/file"), "second\n");
        git("-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet", "-a", "-m", "second");
        commit = Files.readString(repository.resolve(".git/refs/tags/v1")).strip();
    }

    @Test
    void checksOutATagOrACommitWithoutWhatGitKeepsForItself() throws Exception {
        for (String revision : List.of("v1", commit)) {
            NamedDerivation made = checkout("by-" + revision, revision);
            store.build(made);
            assertThat(store.output(made).resolve("sub/file")).hasContent("first\n");
            assertThat(store.output(made).resolve(".git")).doesNotExist();
        }
    }

    @Test
    void comparesWhatItGetsWithThePromise() throws Exception {
        assertThatThrownBy(() -> store.build(checkout("newest", "main")))
                .isInstanceOf(DaemonException.HashMismatch.class);
    }

    @Test
    void saysWhatGitSays() throws Exception {
        assertThatThrownBy(() -> store.build(checkout("absent", "v2")))
                .isInstanceOfSatisfying(DaemonException.BuildFailed.class, failure -> assertThat(failure.wireStatus())
                        .isEqualTo(1))
                .hasMessageContaining("git cannot")
                .hasMessageContaining("v2");
        assertThatThrownBy(() -> store.build(checkout("option", "--upload-pack=x")))
                .hasMessageContaining("begins with a hyphen");
        assertThat(store.leftovers()).isEmpty();
    }

    private NamedDerivation checkout(String name, String revision) throws Exception {
        return store.add(new DerivationBuilder(name, "x86_64-linux", "builtin:git-download")
                .variable("url", "\"" + repository + "\"")
                .variable("commit", revision)
                .variable("recursive?", "#f")
                .fixedOutput(hash, true));
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
