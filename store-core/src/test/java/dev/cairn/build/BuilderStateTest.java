// SPD-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.StoreSettings.LogCompression;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builders find in and around themselves (daemon, sections 8.1 to 8.6). */
class BuilderStateTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        Namespaces.assumeUsable();
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void isThatOfGuixsBuilders() throws Exception {
        NamedDerivation probe = store.add(store.shell("state", """
                exec > $out
                tr '\\0' ' ' < /proc/self/cmdline | cut -c1-3; tr '\\0' ' ' < /proc/1/cmdline | head -c 5; echo
                # By the shell itself: while it starts a program, it blocks signals.
                while read -r name value; do case $name in
                    NoNewPrivs:|Seccomp:|CapEff:|CapPrm:|CapAmb:|SigBlk:|SigIgn:) echo "$name $value" ;;
                esac; done < /proc/1/status
                cut -d' ' -f6,7 /proc/1/stat
                cat /proc/1/personality /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups
                cat /proc/sys/kernel/hostname /proc/sys/kernel/domainname
                ls /dev | tr '\\n' ' '; echo; ls /proc/1/fd
                """));
        store.build(probe);
        List<String> lines = Files.readAllLines(store.output(probe)).stream()
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .toList();
        assertThat(lines)
                .startsWith("tr", "sh -c")
                .contains(
                        "SigBlk: 0000000000000000",
                        "CapPrm: 0000000000000000", "CapEff: 0000000000000000", "CapAmb: 0000000000000000",
                        "NoNewPrivs: 0", "Seccomp: 0", "1 0", "00040000", "30001 30001 1", "30000 30000 1", "deny",
                        "localhost", "(none)")
                .anyMatch(line -> line.matches("SigIgn: [0-9a-f]{8}[08]0000000"));
        assertThat(lines).endsWith("0", "1", "2");
        assertThat(lines.get(lines.size() - 4))
                .matches("fd full (kvm )?null (ptmx pts )?random shm stderr stdin stdout tty urandom zero");
    }

    @Test
    void hasAnyNumberOfInputs() throws Exception {
        StorePath all = store.addText("all", "of them", store.addEmpty(3500));
        NamedDerivation many = store.add(store.shell("many", "set -- /gnu/store/*-empty; echo $# > $out").source(all));
        store.build(many);
        assertThat(store.output(many)).hasContent("3500\n");
    }

    @Test
    void hasTheDirectoriesThatWereAskedFor() throws Exception {
        Path shared = Files.createDirectories(store.layout().root().resolve("shared"));
        Files.writeString(shared.resolve("x"), "shown\n");
        StoreSettings settings = StoreSettings.DEFAULT.change()
                .chrootDirectories(List.of("/some/where=" + shared, "/var"))
                .build();
        NamedDerivation probe = store.add(store.shell("extra", "cat /some/where/x > $out; ls -d /var >> $out"));
        store.build(settings, BuildOptions.DEFAULT, probe);
        assertThat(store.output(probe)).hasContent("shown\n/var\n");
    }

    @Test
    void hasNoNetworkEvenForFixedOutputsUnlessItSeesTheHost() throws Exception {
        StorePath shell = shellItem();
        NamedDerivation fixed = store.add(new DerivationBuilder("fixed", "x86_64-linux", shell + "/loader")
                .argument("--library-path")
                .argument(shell.toString())
                .argument(shell + "/sh")
                .argument("-c")
                .argument("while read line; do echo $line; done < /proc/net/dev; exit 1")
                .source(shell)
                .fixedOutput(Hash.sha256(new byte[0]), false));
        assertThatThrownBy(() -> store.build(fixed)).hasMessageContaining("exit code 1");
        assertThat(store.logLines()).anyMatch(line -> line.startsWith("lo:"));
        assertThat(store.events())
                .anyMatch(event -> event instanceof Event.Message(_, _, String text)
                        && text.equals("`slirp4netns' can't be found in PATH, network access disabled"));
    }

    @Test
    void hasTheDaemonsVariablesThatFixedOutputsAskFor() throws Exception {
        NamedDerivation probe = store.add(store.shell("impure", "echo $LANG-$XX_ABSENT-${XX_ABSENT+set}; exit 1")
                .variable("impureEnvVars", "LANG XX_ABSENT")
                .fixedOutput(Hash.sha256(new byte[0]), false));
        assertThatThrownBy(() -> store.build(probe)).hasMessageContaining("exit code 1");
        assertThat(store.logLines())
                .containsExactly(Optional.ofNullable(System.getenv("LANG")).orElse("") + "--set");
    }

    @Test
    void isThatOfAMachineOfThirtyTwoBitsWhereAskedFor() throws Exception {
        Assumptions.assumeTrue(StoreSettings.DEFAULT.system().equals("x86_64-linux"), "needs an x86_64 machine");
        NamedDerivation small = store.add(new DerivationBuilder("small", "i686-linux", "/bin/sh")
                .argument("-c")
                .argument("uname -m > $out; cat /proc/self/personality >> $out")
                .variable("hostTools", "1")
                .variable("PATH", "/usr/bin:/bin"));
        store.build(small);
        assertThat(store.output(small)).hasContent("i686\n00040008\n");
    }

    @Test
    void isToldOnWhatMachinesAProgramRuns() throws Exception {
        Path tree = Files.createDirectories(store.layout().root().resolve("foreign"));
        Files.write(tree.resolve("program"), new byte[] {0x7f, 'E', 'L', 'F', 9, 9, 9});
        Files.setAttribute(tree.resolve("program"), "unix:mode", 0755);
        StorePath foreign = store.addTree("foreign", tree);
        NamedDerivation made = store.add(
                new DerivationBuilder("foreign-made", "riscv64-linux", foreign + "/program").source(foreign));
        assertThatThrownBy(() -> store.build(made)).hasMessageContaining("exit code 1");
        assertThat(store.logLines())
                .contains("@ unsupported-platform " + made.path() + " riscv64-linux")
                .anyMatch(line -> line.startsWith("a `riscv64-linux' is required to build"));
    }

    @Test
    void isThatOfABuildUserWhereThereIsAGroupOfThem() throws Exception {
        Namespaces.assumeRoot();
        String group = "nixbld";
        Assumptions.assumeTrue(
                Files.readAllLines(Path.of("/etc/group")).stream().anyMatch(line -> line.matches(group + ":.*:.+")),
                "needs a group of build users called " + group);
        StoreSettings settings =
                StoreSettings.DEFAULT.change().buildUsersGroup(Optional.of(group)).build();
        // The way to the store must be open to the users that build.
        Path open = Files.createTempDirectory(Path.of("/tmp"), "cairn-users");
        try {
            Files.setAttribute(open, "unix:mode", 0755);
            TestStore shared = new TestStore(open);
            NamedDerivation probe = shared.add(shared.shell("users", """
                    mkdir $out; echo x > $out/file; exec > $out/state
                    id -u; id -g; cat /proc/self/uid_map /etc/passwd; grep CapEff /proc/self/status; echo $$
                    touch /tmp/ok && echo tmp; touch here && echo build
                    """));
            shared.build(settings, BuildOptions.DEFAULT.change().maxJobs(2).build(), probe);
            List<String> lines = Files.readAllLines(shared.output(probe).resolve("state"));
            int uid = Integer.parseInt(lines.getFirst());
            assertThat(uid).isNotIn(0, 30001);
            assertThat(lines)
                    .contains("nixbld:x:" + uid + ":" + lines.get(1) + ":Nix build user:/:/noshell")
                    .contains("CapEff:\t0000000000000000")
                    .endsWith("1", "tmp", "build");
            assertThat(Files.getAttribute(shared.output(probe).resolve("file"), "unix:uid")).isEqualTo(0);
            assertThat(shared.leftovers()).isEmpty();
            NamedDerivation bad = shared.add(shared.shell(RunningBuilders.own("users-kept"), "echo x > file; exit 1"));
            Client client = new Client(Optional.of("nobody"), Optional.of(new Client.Owner(65534, 65534)), false);
            BuildTerms terms = new BuildTerms(BuildOptions.DEFAULT.change().keepFailed(true).build(), settings, client);
            assertThatThrownBy(() -> new BuildScheduler(shared)
                            .build(List.of(BuildTarget.all(bad.path())), terms, shared.events()::add))
                    .hasMessageContaining("exit code 1");
            assertKeptFor(65534, RunningBuilders.own("users-kept"));
        } finally {
            FileTrees.delete(open);
        }
    }

    private static void assertKeptFor(int uid, String name) throws IOException {
        List<Path> folders = RunningBuilders.folders(name);
        assertThat(folders).hasSize(1);
        Path kept = folders.getFirst();
        try {
            assertThat(kept.resolve("file")).hasContent("x\n");
            assertThat(Files.getAttribute(kept, "unix:uid", LinkOption.NOFOLLOW_LINKS)).isEqualTo(uid);
            assertThat(Files.getAttribute(kept.resolve("file"), "unix:uid")).isEqualTo(uid);
        } finally {
            FileTrees.delete(kept);
        }
    }

    @Test
    void leavesItsLogAsAskedFor() throws Exception {
        NamedDerivation noisy = store.add(store.shell("noisy", "echo one; echo two; echo > $out"));
        StoreLayout layout = store.layout();
        for (LogCompression compression : LogCompression.values()) {
            store.forget(noisy.output("out"));
            StoreSettings settings = StoreSettings.DEFAULT.change().logCompression(compression).build();
            store.build(settings, BuildOptions.DEFAULT, noisy);
            Path file = LogFiles.of(layout, noisy.path(), compression);
            try (var in = Files.newInputStream(file);
                    var text = switch (compression) {
                        case NONE -> in;
                        case GZIP -> new GZIPInputStream(in);
                        case BZIP2 -> new BZip2CompressorInputStream(in);
                    }) {
                assertThat(new String(text.readAllBytes())).isEqualTo("one\ntwo\n");
            }
            assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100644);
            assertThat(FileTrees.entries(file.getParent())).containsExactly(file);
        }
        store.forget(noisy.output("out"));
        store.build(StoreSettings.DEFAULT.change().keepLogs(false).build(), BuildOptions.DEFAULT, noisy);
        Path file = LogFiles.of(layout, noisy.path(), LogCompression.NONE);
        assertThat(FileTrees.entries(file.getParent())).isEmpty();
    }

    @Test
    void putsGoodContentsInThePlaceOfBadOnes() throws Exception {
        NamedDerivation made = store.add(store.shell("made", "mkdir $out; echo good > $out/x"));
        store.build(made);
        BuildOptions repair = BuildOptions.DEFAULT.change().mode(BuildMode.REPAIR).build();
        store.events().clear();
        store.build(repair, made);
        assertThat(store.events()).isEmpty();
        Path file = store.output(made).resolve("x");
        Files.setAttribute(file, "unix:mode", 0644);
        Files.writeString(file, "bad\n");
        store.build(repair, made);
        assertThat(file).hasContent("good\n");
        assertThat(store.hasItsContents(made.output("out"))).isTrue();
        assertThat(store.leftovers()).isEmpty();
    }

    /** The shell of this machine with its loader and C library, as an item that needs nothing else. */
    private StorePath shellItem() throws Exception {
        Path tree = Files.createDirectories(store.layout().root().resolve("shell"));
        Path loader = Path.of("/lib64/ld-linux-x86-64.so.2");
        Path library = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
        Assumptions.assumeTrue(
                Files.exists(loader) && Files.exists(library) && Files.exists(Path.of("/bin/dash")),
                "needs dash and the C library where Debian has them on x86_64");
        Files.copy(loader, tree.resolve("loader"));
        Files.copy(library, tree.resolve("libc.so.6"));
        Files.copy(Path.of("/bin/dash"), tree.resolve("sh"));
        for (String program : List.of("loader", "libc.so.6", "sh")) {
            Files.setAttribute(tree.resolve(program), "unix:mode", 0755);
        }
        return store.addTree("shell", tree);
    }
}
