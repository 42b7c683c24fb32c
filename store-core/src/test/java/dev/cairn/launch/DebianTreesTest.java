// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.profile.Profile;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trees there are, what they have of the host, and whose programs get launchers. */
class DebianTreesTest {
    private DebianStore store;
    private Profile profile;
    private Launchers launchers;

    @BeforeEach
    void makeStore(@TempDir Path folder) throws Exception {
        store = new DebianStore(folder.resolve("cairn"));
        profile = new Profile(store.layout, store.layout.profiles().resolve("per-user/me/guix-profile"));
        launchers = new Launchers(store.layout);
        Path base = store.contents("base", "Essential: yes\n");
        DebianStore.program(base, "usr/bin/ls", "echo");
    }

    @Test
    void appearsWithItsGenerationAndGoesWithIt() throws Exception {
        Path first = store.profileItem("base");
        Path second = store.profileItem("base");
        follow(1, first);
        assertThat(store.tree(first).resolve("usr/bin/ls")).isExecutable();
        Object key = Files.readAttributes(store.tree(first), "unix:ino").get("ino");
        launchers.follow(profile);
        assertThat(Files.readAttributes(store.tree(first), "unix:ino").get("ino")).isEqualTo(key);
        follow(2, second);
        launchers.tidy();
        assertThat(trees()).containsExactly(store.tree(second));
        follow(1, first);
        launchers.tidy();
        assertThat(trees()).containsExactly(store.tree(first));
    }

    @Test
    void becomesAnotherOnceNobodyNeedsIt() throws Exception {
        Path first = store.profileItem("base");
        DebianStore.program(store.contents("tool", ""), "usr/bin/tool", "echo");
        Path second = store.profileItem("base", "tool");
        follow(1, first);
        Object folder = inode(store.tree(first));
        Object program = inode(store.tree(first).resolve("usr/bin"));
        follow(2, second);
        assertThat(inode(store.tree(second))).isNotEqualTo(folder);
        assertThat(trees()).hasSize(2).contains(store.tree(second));
        follow(1, first);
        assertThat(inode(store.tree(first))).isEqualTo(folder);
        assertThat(inode(store.tree(first).resolve("usr/bin"))).isEqualTo(program);
        assertThat(store.tree(first).resolve("usr/bin/ls")).isExecutable();
        follow(2, second);
        assertThat(store.tree(second).resolve("usr/bin/tool")).isExecutable();
        follow(1, first);
        assertThat(store.tree(first).resolve("usr/bin/tool")).doesNotExist();
        assertThat(Files.readSymbolicLink(store.tree(first).resolve("etc/passwd"))).hasToString("/.host/known/passwd");
        launchers.tidy();
        assertThat(trees()).containsExactly(store.tree(first));
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Test
    void isSharedByTheProfilesThatNeedIt(@TempDir Path folder) throws Exception {
        Path first = store.profileItem("base");
        Path second = store.profileItem("base");
        follow(1, first);
        Profile work = new Profile(store.layout, folder.resolve("my work"));
        DebianStore.switchTo(work, 1, second);
        launchers.prepare(work);
        assertThat(trees()).containsExactlyInAnyOrder(store.tree(first), store.tree(second));
        assertThat(launchers.command(work, "ls")).hasSize(4).startsWith(run(), "--profile").endsWith("ls");
        assertThat(launchers.command(profile, "ls")).containsExactly(run(), "ls");
        Files.delete(work.link());
        launchers.follow(profile);
        launchers.tidy();
        assertThat(trees()).containsExactly(store.tree(first));
        assertThat(Path.of(launchers.command(profile, "ls").getFirst())).isExecutable();
        assertThat(launchers.command(work, "ls")).hasSize(2);
    }

    @Test
    void isCompleteOrNotThere() throws Exception {
        Path first = store.profileItem("base");
        Path trees = store.tree(first).getParent();
        Files.createDirectories(trees.resolve(".new-left/usr"));
        Files.createDirectories(trees.resolve(".leaving-left/usr"));
        Files.createDirectories(store.tree(first).resolve("usr"));
        follow(1, first);
        assertThat(trees()).containsExactly(store.tree(first));
        assertThat(store.tree(first).resolve("usr/bin/ls")).exists();
    }

    @Test
    void staysAsLongAsAProgramUsesIt(@TempDir Path machine) throws Exception {
        Namespaces.assumeUsable();
        DebianStore real = new DebianStore(machine.resolve("store"));
        real.addBase(DebianStore.copyOfThisMachine(machine.resolve("copy")));
        profile = new Profile(real.layout, real.layout.profiles().resolve("guix-profile"));
        launchers = new Launchers(real.layout);
        Path first = real.profileItem("base");
        Path second = real.profileItem("base");
        DebianStore.switchTo(profile, 1, first);
        launchers.follow(profile);
        Process process = new ProcessBuilder(
                        real.layout.launchers().resolve("cat").toString(), "-", "/proc/self/mounts")
                .start();
        process.getOutputStream().write("ready\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        process.getInputStream().readNBytes(6);
        DebianStore.switchTo(profile, 2, second);
        launchers.follow(profile);
        Path running = Path.of("/proc", Long.toString(process.pid()), "root/usr/bin/cat");
        assertThat(running).exists();
        process.destroy();
        process.waitFor();
        launchers.tidy();
        try (Stream<Path> left = Files.list(real.tree(first).getParent())) {
            assertThat(left).containsExactly(real.tree(second));
        }
    }

    @Test
    void hasWhatOnlyTheHostKnows() throws Exception {
        Path tool = store.contents("tool", "");
        DebianStore.file(tool, "etc/passwd", "a package's");
        DebianStore.file(tool, "etc/services", "a package's");
        DebianStore.file(tool, "etc/default/tool", "");
        Path item = store.profileItem("tool");
        follow(1, item);
        Path etc = store.tree(item).resolve("etc");
        assertThat(Files.readSymbolicLink(etc.resolve("passwd"))).hasToString("/.host/known/passwd");
        assertThat(etc.resolve("services")).hasContent("a package's");
        assertThat(Files.readSymbolicLink(etc.resolve("default/locale"))).hasToString("/.host/etc/default/locale");
        assertThat(Files.readSymbolicLink(etc.resolve("ssl/certs"))).hasToString("/.host/etc/ssl/certs");
        assertThat(Files.readSymbolicLink(etc.resolve("mtab"))).hasToString("/proc/self/mounts");
        assertThat(Stream.of("shadow", "gshadow", "sudoers", "fstab").map(etc::resolve).filter(Files::isSymbolicLink))
                .isEmpty();
        assertThat(Files.readSymbolicLink(store.tree(item).resolve("usr/local/share/fonts/host")))
                .hasToString("/.host/usr/share/fonts");
        assertThat(Files.getLastModifiedTime(etc).toMillis()).isEqualTo(1000);
        assertThat(tool.resolve("tree/etc/passwd")).hasContent("a package's");
    }

    @Test
    void givesLaunchersToWhatWasAskedFor() throws Exception {
        Path meta = store.contents("meta", "Source: suite (2)\nDepends: suite-bin | nothing, library, base\n");
        DebianStore.file(meta, "usr/share/doc/meta/copyright", "");
        Path bin = store.contents("suite-bin", "Source: suite\nDepends: python\n");
        DebianStore.program(bin, "usr/bin/suite.real", "echo");
        DebianStore.program(bin, "usr/bin/.secret", "echo");
        DebianStore.file(bin, "usr/bin/not-executable", "");
        DebianStore.program(store.contents("library", ""), "usr/bin/library-tool", "echo");
        DebianStore.program(store.contents("python", ""), "usr/bin/python", "echo");
        DebianStore.program(store.contents("unrelated", ""), "usr/sbin/unrelated", "echo");
        Path item = store.profileItem("meta");
        Path over = store.overlay(item).resolve("tree");
        Files.createDirectories(over.resolve("usr/bin"));
        Files.createDirectories(over.resolve("etc/alternatives"));
        for (String name : List.of("suite", "py")) {
            Files.createSymbolicLink(over.resolve("usr/bin").resolve(name), Path.of("/etc/alternatives", name));
        }
        Files.createSymbolicLink(over.resolve("etc/alternatives/suite"), Path.of("/usr/bin/suite.real"));
        Files.createSymbolicLink(over.resolve("etc/alternatives/py"), Path.of("/usr/bin/python"));
        follow(1, item);
        assertThat(launchers.programs()).containsExactly("suite", "suite.real");
    }

    @Test
    void givesLaunchersToWhatOnlyGathersOthers() throws Exception {
        store.contents("essentials", "Depends: compiler, base\n");
        DebianStore.program(store.contents("compiler", "Depends: assembler\n"), "usr/bin/cc", "echo");
        DebianStore.program(store.contents("assembler", ""), "usr/bin/as", "echo");
        follow(1, store.profileItem("essentials"));
        assertThat(launchers.programs()).containsExactly("cc");
    }

    @Test
    void givesLaunchersToEssentialPackagesThatWereAskedFor() throws Exception {
        follow(1, store.profileItem("base"));
        assertThat(launchers.programs()).containsExactly("ls");
    }

    private void follow(int number, Path item) throws Exception {
        DebianStore.switchTo(profile, number, item);
        launchers.follow(profile);
    }

    private String run() {
        return store.layout.launchers().resolve(".cairn-run").toString();
    }

    private List<Path> trees() throws IOException {
        try (Stream<Path> all = Files.list(store.layout.root().resolve("var/cairn/trees"))) {
            return all.toList();
        }
    }
}
