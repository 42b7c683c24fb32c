// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Cairn makes itself, beside what the programs make with which Guix makes it. */
class ProfileHooksTest {
    private static final String ITEM = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-item-1";

    @TempDir
    private Path root;

    private Path file(String name, String contents) throws IOException {
        Path file = root.resolve("root" + ITEM).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, contents);
    }

    private Path make() throws IOException {
        Path output = Files.createDirectory(root.resolve("output"));
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root.resolve("root"));
        ProfileHooks.make(new HookInputs(new LogicalFiles(layout), List.of(Path.of(ITEM))), output);
        return output;
    }

    private void run(String... command) throws Exception {
        Path program = Path.of(command[0]);
        Assumptions.assumeTrue(Files.isExecutable(program), "skipped: this machine has no " + program);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(root.resolve("printed").toFile()).start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void listsWhatOpensWhatAsUpdateDesktopDatabaseDoes() throws Exception {
        String entry = "[Desktop Entry]\nType=Application\nName=X\nExec=x\n";
        file(
                "share/applications/a.desktop",
                entry + "MimeType=text/plain;image/png;\n[Desktop Action b]\nMimeType=x/y\n");
        file("share/applications/sub/b.desktop", entry + "MimeType = text/plain\n");
        file("share/applications/hidden.desktop", entry + "MimeType=text/plain;\nHidden = true\n");
        file("share/applications/hidden-too.desktop", entry + "Hidden=1\nMimeType=text/plain;\n");
        file("share/applications/seen.desktop", entry + "NoDisplay=true\nHidden=false\nMimeType=text/plain;\n");
        file("share/applications/twice.desktop", entry + "MimeType=text/one;\nMimeType=text/two;text/two\n");
        file("share/applications/odd.desktop", entry + "MimeType=" + String.join(";",
                "text/html", " application/x-a", "bad", "x/y/z", "TEXT/Q", "inode/directory", "x-scheme-handler/http",
                "a/b c", "foo/bar", "text/", "/x", "text/a+b_c", "text/a@b", "text/a.b$c&d^e", "text/*", "text/a\"b",
                "text/a=b", "text/a%b'c{d~e", "x-a!b/c", "x-a b/c", "text/a(b", "chemical/x", "font/ttf", "all/all",
                "message/x", "example/z", "multipart/x", "model/x", "zz-application/zz-winassoc-doc", "x-/a", "x_y/b")
                + "\n");
        Path ours = make().resolve("share/applications/mimeinfo.cache");
        Path folder = root.resolve("root" + ITEM + "/share/applications");
        run("/usr/bin/update-desktop-database", "--quiet", folder.toString());
        assertThat(ours).hasSameTextualContentAs(folder.resolve("mimeinfo.cache"));
    }

    @Test
    void listsManualsAsInstallInfoDoes() throws Exception {
        Path tea = file("share/info/tea.info", """
                INFO-DIR-SECTION Kitchen
                START-INFO-DIR-ENTRY
                * Tea: (tea).            How to make tea.
                * brew: (tea)Invoking brew.   The program.
                END-INFO-DIR-ENTRY
                """);
        Path more = file("share/info/more.info", """
                INFO-DIR-SECTION Kitchen
                START-INFO-DIR-ENTRY
                * A tool with a name that is long: (more).  A description that goes over
                                                  two lines.
                END-INFO-DIR-ENTRY
                INFO-DIR-SECTION Second
                START-INFO-DIR-ENTRY
                * X: (more)x.  In two sections.
                END-INFO-DIR-ENTRY
                """);
        Path none = file(
                "share/info/none.info", "START-INFO-DIR-ENTRY\n* None: (none).  No section.\nEND-INFO-DIR-ENTRY\n");
        Path theirs = root.resolve("dir");
        for (Path manual : List.of(tea, more, none)) {
            run("/usr/bin/ginstall-info", manual.toString(), theirs.toString());
        }
        assertThat(menu(make().resolve("share/info/dir"))).isEqualTo(menu(theirs));
    }

    /** The entries of a directory's menu by their sections, without what only places words; how it sorts is its own. */
    private static SortedMap<String, SortedSet<String>> menu(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        SortedMap<String, SortedSet<String>> sections = new TreeMap<>();
        String section = "";
        for (String line : text.substring(text.indexOf("* Menu:") + 7).replaceAll("\n +", " ").lines().toList()) {
            if (line.startsWith("* ")) {
                sections.computeIfAbsent(section, _ -> new TreeSet<>()).add(line.replaceAll("\\s+", " ").strip());
            } else if (!line.isBlank()) {
                section = line.strip();
            }
        }
        return sections;
    }
}
