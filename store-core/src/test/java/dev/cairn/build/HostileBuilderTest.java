// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builders that do what they should not. Nothing of them is left, and an item that was valid stays so. */
class HostileBuilderTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        Namespaces.assumeUsable();
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void cannotOutliveTheirBuildByForkingIntoTheBackground() throws Exception {
        String nap = RunningBuilders.nap(7654);
        NamedDerivation fork =
                shell("fork", "(setsid " + nap + " & setsid " + nap + " > /dev/null 2>&1 &); echo > $out");
        store.build(fork);
        RunningBuilders.assertEnds(nap);
    }

    @Test
    void cannotIgnoreTheirEnd() throws Exception {
        String nap = RunningBuilders.nap(8765);
        NamedDerivation deaf = shell("deaf", "trap '' TERM INT HUP; while :; do " + nap + "; done");
        BuildOptions limits = BuildOptions.DEFAULT.change().timeout(Duration.ofMillis(300)).build();
        assertThatThrownBy(() -> store.build(limits, deaf)).hasMessageContaining("timed out");
        assertThat(store.leftovers()).isEmpty();
        RunningBuilders.assertEnds(nap);
    }

    @Test
    void keepNoSetUserBit() throws Exception {
        NamedDerivation bits = shell("bits", "mkdir $out; echo > $out/x; chmod 6755 $out/x; chmod 1755 $out");
        store.build(bits);
        assertThat(mode(store.output(bits).resolve("x"))).isEqualTo(0100555);
        assertThat(mode(store.output(bits))).isEqualTo(0040555);
    }

    @Test
    void cannotMakeDevices() throws Exception {
        NamedDerivation device = shell("device", "mkdir $out; mknod $out/null c 1 3");
        assertThatThrownBy(() -> store.build(device)).isInstanceOf(DaemonException.BuildFailed.class);
        NamedDerivation socket = shell("socket", "mkdir $out; perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0);"
                + " chdir $ENV{out}; bind(S, pack_sockaddr_un(\"s\")) or die $!'");
        DaemonException.BuildFailed failure =
                catchThrowableOfType(DaemonException.BuildFailed.class, () -> store.build(socket));
        assertThat(failure).hasMessageContaining("only regular files, directories and symlinks");
        assertThat(failure.wireMessage()).startsWith("file ‘").endsWith("/s’ has an unsupported type");
        assertThat(store.leftovers()).isEmpty();
    }

    /** A size that 32 bits cannot say is for {@code -Dcairn.huge}: it takes a minute where there is little to spare. */
    @Test
    void mayLeaveHugeFilesFullOfNothing() throws Exception {
        long size = Long.getLong("cairn.huge", 1L << 26) + 5;
        NamedDerivation sparse = shell("sparse", "mkdir $out; truncate -s " + size + " $out/hole");
        store.build(sparse);
        assertThat(Files.size(store.output(sparse).resolve("hole"))).isEqualTo(size);
        assertThat(store.registered(sparse.output("out")).narSize()).isGreaterThan(size);
    }

    @Test
    void areToldThatTheyFilledTheDisk(@TempDir Path disk) throws Exception {
        Namespaces.assumeRoot();
        run("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString());
        try {
            TestStore small = new TestStore(disk);
            NamedDerivation before = small.add(small.shell("before", "echo > $out"));
            small.build(before);
            NamedDerivation greedy = small.add(small.shell("greedy", "head -c 60000000 /dev/zero > $out"));
            DaemonException.BuildFailed failure =
                    catchThrowableOfType(DaemonException.BuildFailed.class, () -> small.build(greedy));
            assertThat(failure.wireStatus()).isEqualTo(1);
            assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("no free disk space"));
            assertThat(small.events())
                    .anyMatch(event -> event instanceof Event.Message(_, _, String text)
                            && text.equals("note: build failure may have been caused by lack of free disk space"));
            assertThat(small.leftovers()).isEmpty();
            assertThat(small.hasItsContents(before.output("out"))).isTrue();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void mayGiveFilesNamesThatAreNoText() throws Exception {
        String name = "x".repeat(254) + "\\377";
        NamedDerivation strange = store.add(store.shell(
                "strange",
                "mkdir $out; cd $out; printf '" + name + "' | xargs -0 touch; printf '\\300\\257' | xargs -0 mkdir; "
                        + "printf '%s\\0' \"$(printf '\\200')\" link | xargs -0 ln -s"));
        store.build(strange);
        Path out = store.output(strange);
        assertThat(FileTrees.entries(out)).hasSize(3).anySatisfy(entry -> {
            byte[] octets = Octets.ofName(entry);
            assertThat(octets).hasSize(255).endsWith((byte) 0xff);
        });
        assertThat(Symlinks.read(out.resolve("link"))).containsExactly((byte) 0x80);
        assertThat(store.hasItsContents(strange.output("out"))).isTrue();
        store.build(BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).build(), strange);
        assertThat(store.leftovers()).isEmpty();
        FileTrees.delete(out);
        assertThat(out).doesNotExist();
    }

    @Test
    void maySwampTheLog() throws Exception {
        NamedDerivation loud = shell("loud", "head -c 8000000 /dev/zero; echo > $out");
        store.build(loud);
        assertThat(store.valid(loud.derivation().outputPaths())).isNotEmpty();
    }

    @Test
    void cannotChangeTheirInputsOrTheirRoot() throws Exception {
        NamedDerivation input = shell("input", "mkdir $out; echo good > $out/x");
        NamedDerivation vandal = store.add(store.shell("vandal", """
                        cd $input && chmod 755 . ; chmod 644 x; echo bad > x; rm -f x; mv $input ${input}-away
                        mount -o remount,rw $input; umount $input; umount -l /proc
                        unshare -Ur mount -o remount,rw,bind $input
                        touch /x /etc/x; chmod 755 /; touch /x
                        ls / /etc > $out
                        """)
                .input(input)
                .variable("input", input.output("out").toString()));
        store.build(vandal);
        assertThat(store.output(input).resolve("x")).hasContent("good\n");
        assertThat(Files.readAllLines(store.output(vandal))).doesNotContain("x");
        assertThat(store.hasItsContents(input.output("out"))).isTrue();
    }

    @Test
    void cannotReachOthersThroughTheNetwork() throws Exception {
        NamedDerivation lonely = shell("lonely", "perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0);"
                + " print connect(S, pack_sockaddr_in(22, inet_aton(\"192.0.2.1\"))) ? 1 : 0, \" $!\\n\"' > $out");
        store.build(lonely);
        assertThat(Files.readString(store.output(lonely))).startsWith("0 Network is unreachable");
    }

    private static int mode(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private NamedDerivation shell(String name, String script) throws Exception {
        return store.add(store.shell(name, script));
    }
}
