// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static dev.cairn.build.RunningBuilders.assertEnds;
import static dev.cairn.build.RunningBuilders.folders;
import static dev.cairn.build.RunningBuilders.nap;
import static dev.cairn.build.RunningBuilders.own;
import static dev.cairn.build.RunningBuilders.processes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real builders, isolated by bubblewrap. */
class SandboxedBuildTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        Namespaces.assumeUsable();
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void makesACanonicalRegisteredItemAndLeavesNothingElse() throws Exception {
        NamedDerivation hello = store.add(store.shell("hello", "mkdir -p $out/bin; echo hi > $out/bin/hello; "
                + "chmod 755 $out/bin/hello; ln -s hello $out/bin/hi"));
        store.build(hello);
        Path file = store.output(hello).resolve("bin/hello");
        assertThat(file).hasContent("hi\n");
        assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100555);
        assertThat(Files.getLastModifiedTime(store.output(hello)).toMillis()).isEqualTo(1000);
        assertThat(Files.getAttribute(store.output(hello), "unix:mode")).isEqualTo(0040555);
        PathInfo info = store.registered(hello.output("out"));
        assertThat(info.deriver()).contains(hello.path());
        NarFiles.Summary nar = NarFiles.summarise(store.output(hello));
        assertThat(info.narHash()).isEqualTo(nar.hash());
        assertThat(info.narSize()).isEqualTo(nar.size());
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void showsTheBuilderItsInputsAndNothingElse() throws Exception {
        StorePath input = store.addText("input", "wanted");
        StorePath other = store.addText("other", "secret");
        NamedDerivation probe = store.add(store.shell("probe", """
                exec > $out
                cat $input; echo
                ls /gnu/store
                ls /; id -u; id -g; pwd; hostname; umask; echo $$
                cat /etc/passwd /etc/group /etc/hosts
                echo x > $input || echo read-only
                touch /new || echo root read-only
                touch /usr/new || echo usr read-only
                ls -A .; stat -c %a . /tmp
                ls /sys/class/net 2>/dev/null; cat /proc/net/dev | grep -c :
                cat /proc/self/oom_score_adj
                readlink /proc/self/fd/0
                """).source(input).variable("input", input.toString()));
        store.build(probe);
        String outName = probe.output("out").baseName();
        String listing = Stream.of(input.baseName(), outName).sorted().collect(Collectors.joining("\n")) + "\n";
        assertThat(Files.readString(store.output(probe)))
                .startsWith("wanted\n" + listing)
                .doesNotContain(other.baseName())
                .contains("\n30001\n30000\n/tmp/guix-build-probe.drv-0\nlocalhost\n0022\n1\n")
                .contains("nixbld:x:30001:30000:Nix build user:/:/noshell\nnobody:x:65534:65534:Nobody:/:/noshell\n"
                        + "nixbld:!:30000:\n127.0.0.1 localhost\n::1 localhost\n")
                .contains("read-only\nroot read-only\nusr read-only\n700\n1777\n")
                .endsWith("1\n1000\n/dev/null\n");
    }

    @Test
    void hidesTheHostWithoutHostTools() throws Exception {
        StorePath shell = shellItem();
        NamedDerivation probe = store.add(new DerivationBuilder("probe", "x86_64-linux", shell + "/loader")
                .argument("--library-path")
                .argument(shell.toString())
                .argument(shell + "/sh")
                .argument("-c")
                .argument("cd /; echo * > $out; echo /etc/* >> $out")
                .source(shell));
        store.build(probe);
        assertThat(store.output(probe)).hasContent("dev etc gnu proc tmp\n/etc/group /etc/hosts /etc/passwd\n");
    }

    @Test
    void givesTheBuilderExactlyTheDocumentedEnvironment() throws Exception {
        NamedDerivation probe = store.add(store.shell("probe", "env | grep -v ^SHLVL= | grep -v ^_= | sort > $out")
                .variable("own", "a 'quoted' $value\nwith a second line")
                .variable("HOME", "/mine")
                .variable("TMPDIR", "/ignored"));
        store.build(BuildOptions.DEFAULT, probe);
        String folder = "/tmp/guix-build-probe.drv-0";
        assertThat(Files.readAllLines(store.output(probe)))
                .containsExactlyInAnyOrder(
                        "HOME=/mine", "NIX_BUILD_CORES=0", "NIX_BUILD_TOP=" + folder, "NIX_STORE=/gnu/store",
                        "PATH=/usr/bin:/bin", "PWD=" + folder, "TEMP=" + folder, "TEMPDIR=" + folder, "TMP=" + folder,
                        "TMPDIR=" + folder, "hostTools=1", "out=" + probe.output("out"),
                        "own=a 'quoted' $value", "with a second line");
    }

    @Test
    void registersTheReferencesItFinds() throws Exception {
        StorePath used = store.addText("used", "u");
        StorePath unused = store.addText("unused", "x");
        NamedDerivation first = store.add(store.shell("first", "echo $used > $out")
                .source(used).source(unused).variable("used", used.toString()).variable("unused", unused.toString()));
        NamedDerivation second = store.add(store.shell(
                        "second", "mkdir $out $lib; ln -s $first $out/link; echo $lib $out > $out/text")
                .outputs(List.of("out", "lib"))
                .input(first)
                .variable("first", first.output("out").toString()));
        store.build(second);
        assertThat(store.registered(first.output("out")).references()).containsExactly(used);
        assertThat(store.registered(second.output("out")).references())
                .containsExactlyInAnyOrder(first.output("out"), second.output("out"), second.output("lib"));
        assertThat(store.registered(second.output("lib")).references()).isEmpty();
    }

    @Test
    void reportsAFailureWithTheEndOfTheLogAndWhereTheLogIs() throws Exception {
        NamedDerivation bad = store.add(store.shell(
                own("bad"),
                "mkdir $out; i=1; while [ $i -le 30 ]; do echo line $i; i=$((i+1)); done; echo oops >&2; exit 3"));
        DaemonException.BuildFailed failure =
                catchThrowableOfType(DaemonException.BuildFailed.class, () -> store.build(bad));
        assertThat(failure).hasMessageContaining("exit code 3");
        assertThat(failure.derivation()).isEqualTo(bad.path());
        assertThat(failure.lastLines()).hasSize(25).startsWith("line 7").endsWith("line 30", "oops");
        Path log = failure.log().orElseThrow();
        assertThat(log.toString()).endsWith(
                "/var/log/guix/drvs/" + bad.path().baseName().substring(0, 2) + "/"
                        + bad.path().baseName().substring(2) + ".gz");
        assertThat(unzipped(log)).startsWith("line 1\nline 2\n").endsWith("line 30\noops\n");
        assertThat(store.valid(bad.derivation().outputPaths())).isEmpty();
        assertThat(store.leftovers()).isEmpty();
        assertThat(folders(own("bad"))).isEmpty();
    }

    @Test
    void cutsLongLinesAndReplacesWhatIsNotText() throws Exception {
        NamedDerivation loud = store.add(store.shell(
                "loud", "printf 'a\\377b\\r\\n'; head -c 70000 /dev/zero | tr '\\0' x; echo; echo end; echo > $out"));
        store.build(loud);
        assertThat(store.logLines())
                .containsExactly(
                        "a\ufffdb", "x".repeat(BuildLog.MAX_LINE), "x".repeat(70000 - BuildLog.MAX_LINE), "end");
    }

    @Test
    void keepsTheBuildFolderOfAFailedBuildWhenAsked() throws Exception {
        NamedDerivation bad = store.add(store.shell(own("kept-one"), "echo part > file; exit 1"));
        assertThatThrownBy(() -> store.build(BuildOptions.DEFAULT.change().keepFailed(true).build(), bad))
                .isInstanceOf(DaemonException.BuildFailed.class);
        List<Path> kept = folders(own("kept-one"));
        try {
            assertThat(kept).hasSize(1);
            assertThat(kept.getFirst().resolve("top/file")).hasContent("part\n");
        } finally {
            for (Path folder : kept) {
                FileTrees.delete(folder);
            }
        }
    }

    @Test
    void rejectsWhatIsMissingOrSuspiciousOrOfAStrangeKind() throws Exception {
        assertRejected("missing", "true", "failed to produce output path");
        assertRejected("writable", "mkdir $out; chmod 777 $out", "suspicious ownership or permission");
        assertRejected("pipe", "mkdir $out; mkfifo $out/pipe", "only regular files, directories and symlinks");
        NamedDerivation two = store.add(store.shell("two", "echo > $out").outputs(List.of("out", "doc")));
        assertThatThrownBy(() -> store.build(two)).hasMessageContaining("-two-doc'");
        NamedDerivation circle = store.add(
                store.shell("circle", "echo $b > $out; echo $out > $b").outputs(List.of("out", "b")));
        assertThatThrownBy(() -> store.build(circle)).hasMessageContaining("cycle detected");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void keepsToTheReferencesThatAreAllowed() throws Exception {
        StorePath input = store.addText("input", "x");
        String script = "echo $input $out > $out";
        for (String allowed : List.of("allowedReferences", "allowedRequisites")) {
            NamedDerivation bad = store.add(store.shell("bad", script).source(input)
                    .variable("input", input.toString()).variable(allowed, "out"));
            assertThatThrownBy(() -> store.build(bad))
                    .hasMessageContaining("is not allowed to refer to path '" + input + "'");
            NamedDerivation good = store.add(store.shell("good", script).source(input)
                    .variable("input", input.toString()).variable(allowed, "out " + input));
            store.build(good);
        }
        for (String forbidden : List.of("disallowedReferences", "disallowedRequisites")) {
            NamedDerivation bad = store.add(store.shell("bad", script).source(input)
                    .variable("input", input.toString()).variable(forbidden, input.toString()));
            assertThatThrownBy(() -> store.build(bad)).hasMessageContaining(forbidden);
        }
    }

    @Test
    void comparesFixedContentsWithTheirHash() throws Exception {
        Hash hash = Hash.sha256("hello\n".getBytes(StandardCharsets.UTF_8));
        NamedDerivation good = store.add(store.shell("good", "echo hello > $out").fixedOutput(hash, false));
        store.build(good);
        assertThat(store.output(good)).hasContent("hello\n");
        NamedDerivation bad = store.add(store.shell("bad", "echo other > $out").fixedOutput(hash, false));
        DaemonException.HashMismatch mismatch =
                catchThrowableOfType(DaemonException.HashMismatch.class, () -> store.build(bad));
        assertThat(mismatch.expected()).isEqualTo(hash);
        assertThat(mismatch.actual()).isEqualTo(Hash.sha256("other\n".getBytes(StandardCharsets.UTF_8)));
        NamedDerivation executable = store.add(
                store.shell("executable", "echo hello > $out; chmod +x $out").fixedOutput(hash, false));
        assertThatThrownBy(() -> store.build(executable)).hasMessageContaining("non-executable regular file");
        Path tree = Files.writeString(store.layout().root().resolve("tree"), "hello\n");
        NamedDerivation recursive = store.add(
                store.shell("recursive", "echo hello > $out").fixedOutput(NarFiles.summarise(tree).hash(), true));
        store.build(recursive);
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void letsOnlyFixedOutputBuildersReachTheNetwork() throws Exception {
        // The namespace's own loopback is there either way; that of the host has the same inode for both.
        String host = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        NamedDerivation closed = store.add(store.shell("closed", "readlink /proc/self/ns/net > $out"));
        store.build(closed);
        assertThat(Files.readString(store.output(closed)).strip()).isNotEqualTo(host);
        NamedDerivation open = store.add(store.shell("open", "readlink /proc/self/ns/net > $out")
                .fixedOutput(Hash.sha256((host + "\n").getBytes(StandardCharsets.UTF_8)), false));
        store.build(open);
        assertThat(Files.readString(store.output(open)).strip()).isEqualTo(host);
    }

    @Test
    void endsABuilderThatIsSilentOrTakesTooLong() throws Exception {
        NamedDerivation silent = store.add(store.shell("silent", "echo > $out; " + nap(1000) + " & " + nap(1000)));
        assertThatThrownBy(() -> store.build(limits(Duration.ofMillis(400), Duration.ZERO), silent))
                .hasMessageContaining("seconds of silence");
        NamedDerivation endless = store.add(store.shell("endless", "while :; do echo x; sleep 0.1; done"));
        assertThatThrownBy(() -> store.build(limits(Duration.ZERO, Duration.ofSeconds(1)), endless))
                .hasMessageContaining("timed out after 1 seconds");
        assertThat(store.leftovers()).isEmpty();
        assertEnds(nap(1000));
    }

    @Test
    void leavesNothingWhenCancelled() throws Exception {
        NamedDerivation slow = store.add(store.shell(own("cancelled"), "mkdir $out; echo part > $out/x; echo started; "
                + nap(4321) + " & " + nap(4321)));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                store.build(slow);
            } catch (DaemonException e) {
                thrown.set(e);
            }
        });
        while (!store.logLines().contains("started")) {
            Thread.sleep(20);
        }
        assertThat(processes(nap(4321))).isPositive();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(store.leftovers()).isEmpty();
        assertThat(folders(own("cancelled"))).isEmpty();
        assertEnds(nap(4321));
    }

    @Test
    void endsWhatABuilderLeftRunning() throws Exception {
        NamedDerivation daemon = store.add(store.shell("daemon", nap(5432) + " & echo > $out"));
        store.build(daemon);
        assertEnds(nap(5432));
    }

    @Test
    void canBeReadWhileItRuns() throws Exception {
        NamedDerivation slow = store.add(store.shell(own("watched"),
                "echo first; " + RunningBuilders.waiting() + "; echo > $out"));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                store.build(slow);
            } catch (DaemonException e) {
                throw new AssertionError(e);
            }
        });
        BuildLogs logs = new BuildLogs(store.layout());
        String log = "";
        while (!log.contains("first")) {
            Thread.sleep(20);
            Optional<InputStream> opened = logs.open(slow.path());
            if (opened.isPresent()) {
                try (InputStream in = opened.get()) {
                    log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        RunningBuilders.release(own("watched"));
        thread.join();
        assertThat(store.valid(slow.derivation().outputPaths())).isNotEmpty();
    }

    @Test
    void writesTheGraphOfReferencesThatABuilderAsksFor() throws Exception {
        StorePath leaf = store.addText("leaf", "x");
        StorePath top = store.addText("top", "y", leaf);
        NamedDerivation graph = store.add(store.shell("graph", "cp graph $out").source(top)
                .variable("exportReferencesGraph", "graph " + top));
        store.build(graph);
        String leafRecord = leaf + "\n\n0\n";
        String topRecord = top + "\n\n1\n" + leaf + "\n";
        assertThat(store.output(graph))
                .hasContent(leaf.compareTo(top) < 0 ? leafRecord + topRecord : topRecord + leafRecord);
        NamedDerivation odd = store.add(store.shell("odd", "true").variable("exportReferencesGraph", "graph"));
        assertThatThrownBy(() -> store.build(odd)).hasMessageContaining("odd number of tokens");
    }

    @Test
    void worksWhereAnInputIsASymlink() throws Exception {
        NamedDerivation link = store.add(store.shell("link", "ln -s /nowhere $out"));
        NamedDerivation user = store.add(store.shell("user", "readlink $link > $out").input(link)
                .variable("link", link.output("out").toString()));
        store.build(user);
        assertThat(store.output(user)).hasContent("/nowhere\n");
        assertThat(Files.isSymbolicLink(store.output(link))).isTrue();
        assertThat(Files.getLastModifiedTime(store.output(link), LinkOption.NOFOLLOW_LINKS).toMillis())
                .isEqualTo(1000);
    }

    private void assertRejected(String name, String script, String message) throws Exception {
        NamedDerivation bad = store.add(store.shell(name, script));
        assertThatThrownBy(() -> store.build(bad))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining(message);
    }

    private static BuildOptions limits(Duration silence, Duration whole) {
        return BuildOptions.DEFAULT.change().maxJobs(1).maxSilence(silence).timeout(whole).build();
    }

    /** The shell of this machine with its loader and C library, as an item that needs nothing else. */
    private StorePath shellItem() throws Exception {
        Path loader = Path.of("/lib64/ld-linux-x86-64.so.2");
        Path library = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
        Assumptions.assumeTrue(
                Files.exists(loader) && Files.exists(library) && Files.exists(Path.of("/bin/dash")),
                "needs dash and the C library where Debian has them on x86_64");
        Path tree = Files.createDirectories(store.layout().root().resolve("shell"));
        Files.copy(loader, tree.resolve("loader"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(library, tree.resolve("libc.so.6"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("/bin/dash"), tree.resolve("sh"), StandardCopyOption.COPY_ATTRIBUTES);
        return store.addTree("shell", tree);
    }

    private static String unzipped(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
