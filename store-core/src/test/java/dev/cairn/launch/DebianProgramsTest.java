// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.encoding.ShellWord;
import dev.cairn.profile.Profile;
import dev.cairn.testing.Namespaces;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of Debian packages see their profile's tree as /usr and /etc. */
class DebianProgramsTest {
    @TempDir
    private static Path machine;

    private DebianStore store;
    private Profile profile;
    private Launchers launchers;
    private Path item;
    private Path own;

    @BeforeAll
    static void copyMachine() throws Exception {
        Namespaces.assumeUsable();
        DebianStore.copyOfThisMachine(machine);
    }

    @BeforeEach
    void makeStore(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(machine, PosixFilePermissions.fromString("rwxr-xr-x"));
        store = new DebianStore(folder.resolve("it's a store"));
        store.addBase(machine);
        Path tool = store.contents("tool", "Depends: base\n");
        DebianStore.program(tool, "usr/bin/tool", "for a; do printf '<%s>' \"$a\"; done");
        DebianStore.program(tool, "usr/bin/shell", "eval \"$1\"");
        DebianStore.program(tool, "usr/games/game", "echo $0");
        DebianStore.file(tool, "usr/share/tool/data", "from the tree");
        DebianStore.file(tool, "etc/tool.conf", "configured");
        item = store.profileItem("tool");
        own = store.layout.physicalStore().resolve(store.name("own-1"));
        Files.createDirectories(own.resolve("bin"));
        Path hostly = own.resolve("bin/hostly");
        Files.writeString(hostly, "#!/bin/sh\neval \"$1\"\n");
        Files.setPosixFilePermissions(hostly, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.createSymbolicLink(item.resolve("bin"), Path.of("/gnu/store").resolve(own.getFileName()).resolve("bin"));
        profile = new Profile(store.layout, store.layout.profiles().resolve("guix-profile"));
        DebianStore.switchTo(profile, 1, item);
        launchers = new Launchers(store.layout);
        launchers.follow(profile);
    }

    @Test
    void haveLaunchersBesidesThoseOfTheProfileItself() throws Exception {
        assertThat(launchers.programs()).containsExactly("game", "hostly", "shell", "tool");
    }

    @Test
    void getTheirArgumentsAndTheirOwnName() throws Exception {
        assertThat(run(launcher("tool"), "a b", "", "$x '\"")).isEqualTo("<a b><><$x '\">");
        assertThat(run(launcher("game"))).isEqualTo("/usr/games/game\n");
    }

    @Test
    void seeTheTreeAndTheHostAroundIt(@TempDir Path folder) throws Exception {
        assertThat(run(launcher("shell"), "cat /usr/share/tool/data /etc/tool.conf"))
                .isEqualTo("from the treeconfigured");
        assertThat(run(launcher("shell"), "readlink /bin /sbin /lib /lib64 || :"))
                .isEqualTo("usr/bin\nusr/sbin\nusr/lib\nusr/lib64\n".replace("usr/sbin\n", ""));
        assertThat(run(launcher("shell"), "ls /usr/bin").lines()).contains("tool", "sh").doesNotContain("java", "gcc");
        String around = "stat -c %d:%i /tmp /dev /home /var /run /proc/self/../1";
        assertThat(run(launcher("shell"), around)).isEqualTo(run("/bin/sh", "-c", around));
        assertThat(run(launcher("shell"), "stat -c %d:%i /.host/usr /.host/etc"))
                .isEqualTo(run("/bin/sh", "-c", "stat -c %d:%i /usr /etc"));
        run(launcher("shell"), "echo made > " + ShellWord.quote(folder.resolve("made").toString()));
        assertThat(folder.resolve("made")).hasContent("made");
    }

    @Test
    void cannotChangeTheTree() throws Exception {
        assertThat(run(launcher("shell"), "for f in /usr/bin/new /etc/new /gnu/store/new /new; do"
                        + " touch $f 2>/dev/null && echo made $f; done; :"))
                .isEmpty();
    }

    @Test
    void knowTheHostsUsersAndNames() throws Exception {
        String essentials = "cat /etc/passwd /etc/group /etc/hosts /etc/hostname /etc/resolv.conf /etc/nsswitch.conf";
        assertThat(run(launcher("shell"), essentials)).isEqualTo(run("/bin/sh", "-c", essentials));
        assertThat(run(launcher("shell"), "id -un; cat /etc/localtime >/dev/null && echo timed"))
                .isEqualTo(run("/bin/sh", "-c", "id -un; cat /etc/localtime >/dev/null && echo timed"));
        assertThat(run(launcher("shell"), "[ -e /etc/shadow ] || [ -L /etc/shadow ] || echo none")).isEqualTo("none\n");
    }

    @Test
    void haveAnEnvironmentOfTheirOwn() throws Exception {
        Map<String, String> variables = Map.of(
                "PATH", store.layout.launchers() + ":/home/me/bin:" + System.getenv("PATH"),
                "LD_LIBRARY_PATH", "/nowhere",
                "LD_PRELOAD", "/nowhere/lib.so",
                "JAVA_HOME", "/usr/lib/jvm/none",
                "GTK_PATH", "/snap/gtk",
                "LANG", "C.UTF-8",
                "XCURSOR_PATH", "/mine");
        // The shell of the host, which comes first, says that it does not find the library.
        List<String> lines = result(variables, launcher("shell"), "env").out().lines().toList();
        assertThat(lines)
                .contains("LANG=C.UTF-8", "XDG_DATA_DIRS=/usr/local/share:/usr/share:/.host/share",
                        "XCURSOR_PATH=/mine:/.host/share/icons")
                .noneMatch(line -> line.startsWith("LD_") || line.startsWith("JAVA_HOME") || line.startsWith("GTK_")
                        || line.startsWith("_cairn"));
        assertThat(lines).anyMatch(line -> line.startsWith(
                        "PATH=/usr/local/bin:/usr/bin:/bin:/usr/games:/usr/local/sbin:/usr/sbin:/sbin:/home/me/bin")
                && line.endsWith(":" + store.layout.launchers()));
    }

    @Test
    void areTheProcessThatWasStarted() throws Exception {
        Process process = new ProcessBuilder(launcher("shell"), "echo $$; exit 7").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(Long.toString(process.pid()));
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    void startEachOtherAndThoseOfTheHostsView() throws Exception {
        String inner = "[ -e /usr/share/tool ] && echo tree || echo host";
        String tree = ShellWord.quote(launcher("shell"));
        String host = ShellWord.quote(launcher("hostly"));
        String quoted = ShellWord.quote(inner);
        assertThat(run(launcher("shell"), inner)).isEqualTo("tree\n");
        assertThat(run(launcher("hostly"), inner)).isEqualTo("host\n");
        assertThat(run(launcher("shell"), tree + " " + quoted)).isEqualTo("tree\n");
        assertThat(run(launcher("shell"), host + " " + quoted)).isEqualTo("host\n");
        assertThat(run(launcher("hostly"), tree + " " + quoted)).isEqualTo("tree\n");
        String back = ShellWord.quote(tree + " " + quoted);
        assertThat(run(launcher("shell"), host + " " + back)).isEqualTo("tree\n");
        String everything = "ls -A / /usr /etc | cat";
        assertThat(run(launcher("shell"), host + " " + ShellWord.quote(everything)))
                .isEqualTo(run(launcher("hostly"), everything));
    }

    @Test
    void startInTheWorkingDirectoryOrSayThatItIsNotThere(@TempDir Path folder) throws Exception {
        Process there = new ProcessBuilder(launcher("shell"), "pwd -P").directory(folder.toFile()).start();
        assertThat(new String(there.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(folder.toRealPath() + "\n");
        Process hidden = new ProcessBuilder(launcher("shell"), "pwd -P")
                .directory(Path.of("/usr/share/doc").toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(hidden.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("cairn: 'shell' starts in / because this folder is not there for it: /usr/share/doc\n/\n");
    }

    @Test
    void includeFilesOutsideTheStoreAndThoseOfDependencies(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("script");
        Files.writeString(script, "#!/usr/bin/shell\n");
        Files.writeString(script, "#!/bin/sh\ncat /usr/share/tool/data\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run(launcher(".cairn-run"), script.toString())).isEqualTo("from the tree");
        assertThat(run(launcher(".cairn-run"), "cat", "/usr/share/tool/data")).isEqualTo("from the tree");
        assertThat(run(launcher(".cairn-run"), "/gnu/store/" + own.getFileName() + "/bin/hostly", "echo hi"))
                .isEqualTo("hi\n");
        Result none = result(Map.of(), launcher(".cairn-run"), "/usr/bin/frobnicate");
        assertThat(none.code()).isEqualTo(127);
        assertThat(none.err()).contains("no program '/usr/bin/frobnicate'");
    }

    @Test
    void workForAUserWithoutPrivileges() throws Exception {
        Namespaces.assumeRoot();
        String inner = ShellWord.quote(launcher("hostly")) + " " + ShellWord.quote(
                ShellWord.quote(launcher("shell")) + " 'cat /usr/share/tool/data; id -u'");
        Result result = result(
                Map.of(),
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                launcher("shell"),
                "id -un; " + inner + "; touch /usr/x 2>/dev/null; touch /.host/etc/x 2>/dev/null; :");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("nobody\nfrom the tree65534\n");
    }

    @Test
    void workByWayOfBubblewrap(@TempDir Path tools) throws Exception {
        for (String program : List.of("sh", "env", "cat", "readlink", "bwrap")) {
            Files.createSymbolicLink(tools.resolve(program), Path.of("/usr/bin").resolve(program));
        }
        Map<String, String> variables = Map.of("PATH", tools.toString());
        Result result = result(variables, launcher("shell"), "cat /usr/share/tool/data /etc/hosts; readlink /bin /lib;"
                + " stat -c %d:%i /.host/usr /tmp; cat /etc/localtime >/dev/null && echo timed; touch /usr/new");
        String host = run("/bin/sh", "-c", "cat /etc/hosts; echo usr/bin; echo usr/lib; stat -c %d:%i /usr /tmp");
        assertThat(result.err()).contains("Read-only file system").hasLineCount(1);
        assertThat(result.out()).isEqualTo("from the tree" + host + "timed\n");
    }

    @Test
    void trustWhatTheAdministratorOfTheHostDoes(@TempDir Path host, @TempDir Path tools) throws Exception {
        Path packages = store.contents("ca-certificates", "");
        DebianStore.file(packages, "etc/ssl/certs/ca-certificates.crt", "A\n");
        DebianStore.file(packages, "etc/ssl/certs/A.pem", "A\n");
        DebianStore.file(packages, "etc/ssl/certs/00000000.0", "A\n");
        DebianStore.switchTo(profile, 2, store.profileItem("tool", "ca-certificates"));
        launchers.follow(profile);
        Path local = Files.createDirectories(host.resolve("local/share/ca-certificates/company"));
        Files.writeString(local.resolve("B.crt"), "B\n");
        Path certificates = Files.createDirectories(host.resolve("certs"));
        Files.writeString(certificates.resolve("ca-certificates.crt"), "A\nC\nB\n");
        Path added = Path.of("/usr/local/share/ca-certificates/company/B.crt");
        Files.createSymbolicLink(certificates.resolve("B.pem"), added);
        Files.createSymbolicLink(certificates.resolve("C.pem"), Path.of("/usr/share/ca-certificates/C.crt"));
        Files.createSymbolicLink(certificates.resolve("00000000.0"), Path.of("B.pem"));
        Files.createSymbolicLink(certificates.resolve("11111111.0"), Path.of("C.pem"));
        String[] command = {
            "bwrap", "--dev-bind", "/", "/", "--bind", host.resolve("local").toString(), "/usr/local",
            "--bind", certificates.toString(), "/etc/ssl/certs", launcher("shell"),
            "cd /etc/ssl/certs; cat ca-certificates.crt A.pem B.pem 00000000.0 00000000.1; ls; touch x 2>/dev/null"
                + " || " + ShellWord.quote(launcher("shell")) + " 'cat /etc/ssl/certs/ca-certificates.crt'"
        };
        assertThat(run(command).split("\\s+"))
                .containsExactly(
                        "A", "B", "A", "B", "A", "B", "00000000.0", "00000000.1", "A.pem", "B.pem",
                        "ca-certificates.crt", "A", "B");
        for (String program : List.of("sh", "env", "cat", "readlink", "bwrap")) {
            Files.createSymbolicLink(tools.resolve(program), Path.of("/usr/bin").resolve(program));
        }
        command[command.length - 1] = "cat /etc/ssl/certs/ca-certificates.crt";
        assertThat(result(Map.of("PATH", tools.toString()), command).out()).isEqualTo("A\nC\nB\n");
    }

    private String launcher(String name) {
        return store.layout.launchers().resolve(name).toString();
    }

    private record Result(int code, String out, String err) {}

    /** What it prints; on standard error nothing is expected. */
    private static String run(String... command) throws Exception {
        Result result = result(Map.of(), command);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private static Result result(Map<String, String> variables, String... command) throws Exception {
        Path err = Files.createTempFile("debian", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectError(err.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            try (OutputStream _ = process.getOutputStream()) {
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), out, Files.readString(err));
            }
        } finally {
            Files.delete(err);
        }
    }
}
