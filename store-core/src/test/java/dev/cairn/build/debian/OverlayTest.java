// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.daemon.DaemonException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.fs.Symlinks;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.Trees;
import dev.cairn.tree.MergedTree;
import dev.cairn.tree.TreeCollisionException;
import java.io.ByteArrayInputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            AAAA
            -----END CERTIFICATE-----
            """;

    @TempDir
    Path root;

    private PackageItems items;
    private Path output;
    private final List<String> log = new ArrayList<>();
    private Overlay.Isolation isolation = () -> Bubblewrap.find("/usr/bin");

    @BeforeEach
    void makeStore() throws Exception {
        items = new PackageItems(root);
        output = root.resolve("overlay");
    }

    @Test
    void linksTheContentsOfEverythingThatIsNeeded() throws Exception {
        var libc = items.add("libc6");
        var foreign = items.add("libx:i386", libc);
        var lib = items.add("libjq1", libc, foreign);
        make(items.add("jq", lib), libc);
        assertThat(Trees.list(output.resolve("contents")).keySet())
                .containsExactly("jq", "libc6", "libjq1", "libx:i386");
        assertThat(Files.readSymbolicLink(output.resolve("contents/jq")).toString()).endsWith("-jq-contents");
        assertThat(output.resolve("notes")).isEmptyFile();
    }

    @Test
    void endsWhereItemsNeedEachOther() throws Exception {
        var one = items.add("one");
        var two = items.add("two", one);
        Symlinks.create(
                items.layout().physical(one.item()).resolve("debian/dependencies").resolve(two.item().baseName()),
                two.item().toString());
        make(one);
        assertThat(Trees.list(output.resolve("contents")).keySet()).containsExactly("one", "two");
    }

    @Test
    void refusesOnePackageInTwoVersions() throws Exception {
        var old = items.add("libc6");
        var new_ = items.add("libc6");
        assertThatThrownBy(() -> make(items.add("a", old), items.add("b", new_)))
                .isInstanceOf(OverlayException.class)
                .hasMessageContaining("'libc6' is needed in two versions");
    }

    @Test
    void refusesAnItemThatIsNoPackage() throws Exception {
        var item = items.add("x");
        FileTrees.delete(items.layout().physical(item.item()).resolve("debian"));
        assertThatThrownBy(() -> make(item))
                .isInstanceOf(OverlayException.class)
                .hasMessageContaining("no item of Debian");
    }

    @Test
    void refusesPackagesThatHaveDifferentFilesOfOneName() throws Exception {
        var one = items.add("one").file("usr/bin/x", "1");
        var two = items.add("two").file("usr/bin/x", "2");
        assertThatThrownBy(() -> make(one, two)).isInstanceOf(TreeCollisionException.class);
    }

    @Test
    void putsDefaultFilesInPlace() throws Exception {
        make(items.add("base-files").file("usr/share/base-files/profile", "PATH=x").file("etc/dpkg/origins/debian", ""),
                items.add("readline-common").file("usr/share/readline/inputrc", "in").file("etc/inputrc", "own"),
                items.add("debianutils").file("usr/share/debianutils/shells", "/bin/sh\n"),
                items.add("zsh").file("usr/share/debianutils/shells.d/zsh", "/bin/zsh\n"),
                items.add("fontconfig-config")
                        .file("usr/share/fontconfig/conf.avail/10-hinting-slight.conf", "")
                        .file("usr/share/fontconfig/conf.avail/10-hinting-full.conf", "")
                        .file("etc/fonts/fonts.conf", ""));
        assertThat(Trees.list(output.resolve("tree")))
                .containsEntry("etc/dpkg/origins/default", "-> debian")
                .containsEntry(
                        "etc/fonts/conf.d/10-hinting-slight.conf",
                        "-> /usr/share/fontconfig/conf.avail/10-hinting-slight.conf")
                .doesNotContainKeys("etc/inputrc", "etc/fonts/conf.d/10-hinting-full.conf");
        assertThat(output.resolve("tree/etc/profile")).hasContent("PATH=x");
        assertThat(output.resolve("tree/etc/shells")).hasContent("/bin/sh\n/bin/zsh\n");
    }

    @Test
    void trustsTheAuthoritiesThatPackagesBring() throws Exception {
        make(items.add("ca-certificates")
                .program("usr/sbin/update-ca-certificates", "")
                .file("usr/share/ca-certificates/mozilla/B (x), y.crt", PEM.strip())
                .file("usr/share/ca-certificates/mozilla/A.crt", PEM)
                .file("usr/share/ca-certificates/mozilla/README", "no"));
        assertThat(output.resolve("tree/etc/ca-certificates.conf")).hasContent("mozilla/A.crt\nmozilla/B (x), y.crt\n");
        assertThat(output.resolve("tree/etc/ssl/certs/ca-certificates.crt")).hasContent(PEM + PEM);
        assertThat(Trees.list(output.resolve("tree/etc/ssl/certs")))
                .containsEntry("B_=x=__y.pem", "-> /usr/share/ca-certificates/mozilla/B (x), y.crt")
                .containsEntry("A.pem", "-> /usr/share/ca-certificates/mozilla/A.crt")
                .hasSize(3);
    }

    @Test
    void writesAKeyStoreThatJavaReads() throws Exception {
        KeyStore trusted = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), "changeit".toCharArray());
        byte[] certificate = trusted.getCertificate(trusted.aliases().nextElement()).getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate) + "\n-----END CERTIFICATE-----\n";
        make(items.add("ca-certificates")
                        .program("usr/sbin/update-ca-certificates", "")
                        .file("usr/share/ca-certificates/Root CA.crt", pem),
                items.add("ca-certificates-java").file("usr/share/ca-certificates-java/x.jar", ""));
        KeyStore made = KeyStore.getInstance("JKS");
        byte[] octets = Files.readAllBytes(output.resolve("tree/etc/ssl/certs/java/cacerts"));
        made.load(new ByteArrayInputStream(octets), "changeit".toCharArray());
        assertThat(made.getCertificate("debian:root_ca.pem").getEncoded()).isEqualTo(certificate);
    }

    @Test
    void writesWhichProgramsOpenWhichFiles() throws Exception {
        make(items.add("viewer")
                .file("usr/share/applications/viewer.desktop", """
                        [Desktop Entry]
                        Name=Viewer
                        MimeType=image/png;text/plain;not a type;
                        [Desktop Action x]
                        MimeType=image/x;
                        """)
                .file("usr/share/applications/kde/edit.desktop", "[Desktop Entry]\nMimeType = text/plain\n"));
        assertThat(output.resolve("tree/usr/share/applications/mimeinfo.cache")).hasContent("""
                [MIME Cache]
                image/png=viewer.desktop;
                text/plain=kde-edit.desktop;viewer.desktop;
                """);
    }

    @Test
    void choosesTheAlternativeWithTheHighestPriority() throws Exception {
        var mawk = items.add("mawk").file("usr/bin/mawk", "m").file("usr/share/man/man1/mawk.1.gz", "");
        mawk.control("postinst", """
                #!/bin/sh
                if [ "$1" = configure ]; then
                    update-alternatives --install /usr/bin/awk awk /usr/bin/mawk 5 \\
                        --slave /usr/share/man/man1/awk.1.gz awk.1.gz /usr/share/man/man1/mawk.1.gz \\
                        --slave /usr/bin/nawk nawk /usr/bin/gone
                fi
                """);
        var gawk = items.add("gawk").file("usr/bin/gawk", "g").control("postinst", """
                #!/bin/sh
                update-alternatives --install /bin/awk awk /bin/gawk 10
                update-alternatives --install /bin/awk awk /usr/bin/missing 99
                """);
        make(mawk);
        assertThat(Trees.list(output.resolve("tree")))
                .containsEntry("usr/bin/awk", "-> /etc/alternatives/awk")
                .containsEntry("etc/alternatives/awk", "-> /usr/bin/mawk")
                .containsEntry("usr/share/man/man1/awk.1.gz", "-> /etc/alternatives/awk.1.gz")
                .doesNotContainKey("usr/bin/nawk");
        FileTrees.delete(output);
        make(gawk, mawk);
        assertThat(Trees.list(output.resolve("tree")))
                .containsEntry("usr/bin/awk", "-> /etc/alternatives/awk")
                .containsEntry("etc/alternatives/awk", "-> /bin/gawk")
                .doesNotContainKey("etc/alternatives/awk.1.gz");
    }

    @Test
    void leavesFilesAloneThatHaveTheNameOfAnAlternative() throws Exception {
        make(items.add("busybox").file("usr/bin/awk", "own"),
                items.add("mawk").file("usr/bin/mawk", "m").control("postinst", """
                        #!/bin/sh
                        update-alternatives --install /usr/bin/awk awk /usr/bin/mawk 5
                        """));
        assertThat(Trees.list(output.resolve("tree"))).isEmpty();
        assertThat(output.resolve("notes"))
                .hasContent("mawk: the alternative '/usr/bin/awk' was not made: there is a file of that name\n");
    }

    @Test
    void putsFilesUnderTheNamesThatOtherPackagesGiveThem() throws Exception {
        make(items.add("vim").file("usr/bin/vi", "vim").control("preinst", """
                        #!/bin/sh
                        dpkg-divert --package vim --add --rename --divert /usr/bin/vi.real /usr/bin/vi
                        dpkg-divert --package vim --add --rename --divert ../../evil /usr/bin/x
                        """),
                items.add("nvi").file("usr/bin/vi", "nvi"));
        assertThat(output.resolve("diversions")).hasContent("vim\tusr/bin/vi\tusr/bin/vi.real\n");
        Path item = items.layout().physicalStore().resolve("overlay");
        Files.move(output, item);
        MergedTree tree = MergedTree.ofOverlay(items.layout(), Path.of("/gnu/store/overlay"));
        assertThat(tree.file("usr/bin/vi").orElseThrow()).hasContent("vim");
        assertThat(tree.file("usr/bin/vi.real").orElseThrow()).hasContent("nvi");
    }

    @Test
    void notesWhatPackagesWouldDoToTheMachine() throws Exception {
        make(items.add("ntpd").control("postinst", """
                        #!/bin/sh
                        if true; then
                            deb-systemd-invoke start 'ntpd.service' >/dev/null || true
                            deb-systemd-invoke start 'ntpd.timer'
                        fi
                        """),
                items.add("old").control("postinst", """
                        #!/bin/sh
                        invoke-rc.d --quiet old start
                        adduser --quiet --system _old
                        """),
                items.add("odd").control("triggers", "interest-noawait /usr/share/odd\ninterest ldconfig\n"));
        assertThat(output.resolve("notes")).hasContent("""
                ntpd: starts the system service 'ntpd.timer': not started by Cairn
                odd: does something when packages bring '/usr/share/odd': not done by Cairn
                old: makes users or groups of the system: not made by Cairn
                old: starts the system service 'old': not started by Cairn
                """);
    }

    @Test
    void notesProgramsThatWouldRunWithOtherRights() throws Exception {
        var mount = items.add("mount");
        Files.writeString(mount.contents().resolve("set-id"), "usr/bin/mount\nusr/bin/umount\n");
        make(mount);
        assertThat(output.resolve("notes"))
                .content()
                .startsWith("mount: the programs '/usr/bin/mount', '/usr/bin/umount' would run with the rights of");
    }

    @Test
    void runsTheToolsOfThePackages() throws Exception {
        Namespaces.assumeUsable();
        make(tools(), mime("""
                cat $1/packages/* > $1/mime.cache
                touch -d @7 $1/version
                env | sort > $1/env
                ls / >> $1/env
                """));
        assertThat(output.resolve("tree/usr/share/mime/mime.cache")).hasContent("types");
        assertThat(output.resolve("tree/usr/share/mime/packages")).doesNotExist();
        assertThat(Files.readString(output.resolve("tree/usr/share/mime/env")))
                .contains("SOURCE_DATE_EPOCH=1", "HOME=/nonexistent")
                .doesNotContain(root.toString());
        assertThat(output.resolve("notes")).isEmptyFile();
    }

    @Test
    void makesTheSameAgain() throws Exception {
        Namespaces.assumeUsable();
        var tools = tools();
        var mime = mime("ls -l --time-style=+%s /usr/share /usr/bin > $1/list; id > $1/id");
        make(tools, mime);
        var first = NarFiles.summarise(output);
        FileTrees.delete(output);
        FileTrees.delete(root.resolve("var/cairn/generated"));
        make(mime, tools);
        assertThat(NarFiles.summarise(output)).isEqualTo(first);
    }

    @Test
    void runsToolsOnlyForWhatIsNew() throws Exception {
        Namespaces.assumeUsable();
        Path made = output.resolve("tree/usr/share/mime/once");
        var tools = tools();
        var mime = mime("cat /proc/sys/kernel/random/uuid > $1/once; ln -s once $1/link");
        make(tools, mime);
        String first = Files.readString(made);
        make(tools, mime, items.add("other").file("usr/bin/other", "x"));
        assertThat(made).hasContent(first);
        assertThat(Files.readSymbolicLink(made.resolveSibling("link"))).hasToString("once");
        make(tools, mime, items.add("types").file("usr/share/mime/packages/b.xml", "more"));
        assertThat(Files.readString(made)).isNotEqualTo(first);
        make(tools, mime);
        assertThat(made).hasContent(first);
        make(tools, mime("cat /proc/sys/kernel/random/uuid > $1/once; ln -s once $1/link"));
        assertThat(Files.readString(made)).isNotEqualTo(first);
    }

    @Test
    void letsPythonCompileModules() throws Exception {
        Namespaces.assumeUsable();
        String python = """
                mkdir -p $OUT/usr/lib/made
                shift 2
                for place; do echo $place; cat $place/*.py; done > $OUT/usr/lib/made/list
                """;
        make(tools(), items.add("python").program("usr/bin/python3.11", python).file("usr/lib/python3.11/os.py", "own"),
                items.add("more").file("usr/lib/python3/dist-packages/more/a.py", "a"),
                items.add("other")
                        .file("usr/lib/python3/dist-packages/other/b.py", "b")
                        .file("usr/lib/python3/dist-packages/other-1.0.egg-info/c.py", "c"));
        assertThat(output.resolve("notes")).isEmptyFile();
        assertThat(output.resolve("tree/usr/lib/made/list")).exists();
        try (var made = Files.list(root.resolve("var/cairn/generated"))) {
            List<String> lists = new ArrayList<>();
            for (Path each : made.filter(Files::isDirectory).toList()) {
                lists.add(Files.readString(each.resolve("usr/lib/made/list")));
            }
            assertThat(lists)
                    .containsExactlyInAnyOrder(
                            "/usr/lib/python3.11\nown",
                            "/usr/lib/python3/dist-packages/more\na",
                            "/usr/lib/python3/dist-packages/other\nb");
        }
    }

    @Test
    void makesDictionariesOfAspell() throws Exception {
        Namespaces.assumeUsable();
        make(tools(), items.add("tools-too").hostPrograms(List.of("sed")).program("usr/bin/zcat", "cat $1"),
                items.add("aspell")
                        .program("usr/bin/aspell", "for last; do :; done; echo $4 > $last; cat >> $last")
                        .program("usr/bin/precat", "tr a b"),
                items.add("aspell-de")
                        .file("usr/share/aspell/de.contents", "# all\nde-one\n\nde-two\n")
                        .file("usr/share/aspell/de-one.wl.gz", "one")
                        .file("usr/share/aspell/de-two.mwl.gz", "two"),
                items.add("aspell-fr").file("usr/share/aspell/fr.wl.gz", "un").file("usr/lib/aspell/fr.dat", ""));
        assertThat(output.resolve("notes")).isEmptyFile();
        assertThat(output.resolve("tree/usr/lib/aspell/de-one.rws")).hasContent("--lang=de\none");
        assertThat(output.resolve("tree/usr/lib/aspell/de-two.rws")).hasContent("--lang=de\ntwo");
        assertThat(output.resolve("tree/usr/lib/aspell/fr.rws")).hasContent("--lang=fr\nun");
    }

    @Test
    void notesToolsThatFailAndKeepsNothingOfThem() throws Exception {
        Namespaces.assumeUsable();
        make(tools(), mime("echo half > $1/half; echo 'no luck' >&2; exit 3"));
        assertThat(Trees.list(output.resolve("tree"))).isEmpty();
        assertThat(output.resolve("notes"))
                .hasContent("shared-mime-info: the database of MIME types was not made: the program for it failed\n");
        assertThat(log).contains("note: the database of MIME types was not made (exit code 3)", "  no luck");
    }

    @Test
    void letsToolsChangeNothingOfThePackages() throws Exception {
        Namespaces.assumeUsable();
        var mime = mime("""
                echo x > /usr/share/mime/packages/a.xml || touch /usr/bin/y || touch /etc/z || chmod 777 /usr
                """);
        make(tools(), mime);
        assertThat(mime.contents().resolve("tree/usr/share/mime/packages/a.xml")).hasContent("types");
        assertThat(Files.readString(output.resolve("notes"))).contains("failed");
    }

    @Test
    void doesWithoutToolsWhereNothingCanBeIsolated() throws Exception {
        isolation = () -> {
            throw new DaemonException.SandboxUnavailable("no bubblewrap", "Install it.");
        };
        make(mime("true").file("usr/share/applications/x.desktop", "[Desktop Entry]\nMimeType=text/b;\n"));
        assertThat(output.resolve("notes"))
                .content()
                .contains("shared-mime-info: the database of MIME types was not made");
        assertThat(output.resolve("tree/usr/share/applications/mimeinfo.cache")).exists();
    }

    @Test
    void endsToolsWhenInterrupted() throws Exception {
        Namespaces.assumeUsable();
        var tools = tools();
        var mime = mime("sleep 100");
        Thread waiting = Thread.currentThread();
        Thread.startVirtualThread(() -> {
            while (!Files.exists(root.resolve("temporary/tools/status/mime.log"))) {
                Thread.onSpinWait();
            }
            waiting.interrupt();
        });
        assertThatThrownBy(() -> make(tools, mime)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void makesItemsThatMergedTreesAreMadeOf() throws Exception {
        make(items.add("base-files").file("usr/share/base-files/profile", "p").file("usr/bin/x", "x"));
        Path item = items.layout().physicalStore().resolve("overlay");
        Files.move(output, item);
        MergedTree tree = MergedTree.ofOverlay(items.layout(), Path.of("/gnu/store/overlay"));
        assertThat(tree.has("etc/profile")).isTrue();
        assertThat(tree.has("usr/bin/x")).isTrue();
    }

    private PackageItems.Maker tools() throws Exception {
        return items.add("tools")
                .hostPrograms(List.of(
                        "sh", "xargs", "timeout", "mkdir", "ln", "rm", "cat", "ls", "env", "sort", "touch", "id",
                        "sleep", "chmod"));
    }

    private PackageItems.Maker mime(String script) throws Exception {
        return items.add("shared-mime-info")
                .program("usr/bin/update-mime-database", script)
                .file("usr/share/mime/packages/a.xml", "types");
    }

    private void make(PackageItems.Maker... packages) throws Exception {
        Path temporary = root.resolve("temporary");
        FileTrees.delete(temporary);
        FileTrees.delete(output);
        Files.createDirectory(temporary);
        List<StorePath> wanted = Arrays.stream(packages).map(PackageItems.Maker::item).toList();
        new Overlay(items.layout(), temporary, isolation, log::add).make(wanted, output);
    }
}
