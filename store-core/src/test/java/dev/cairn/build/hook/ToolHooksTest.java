// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools of the machine stand in for those of packages; the sandbox has a test of its own. */
class ToolHooksTest {
    private static final String FIRST = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-first-1";
    private static final String SECOND = "/gnu/store/1123456789abcdfghijklmnpqrsvwxyz-second-1";
    private static final String TOOLS = "/gnu/store/2123456789abcdfghijklmnpqrsvwxyz-tools-1";

    @TempDir
    private Path root;

    private StoreLayout layout;
    private Path output;
    private final List<String> log = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, root.resolve("root"));
        output = Files.createDirectory(root.resolve("output"));
        for (String item : List.of(FIRST, SECOND, TOOLS)) {
            Files.createDirectories(layout.physical(item));
        }
    }

    private void file(String item, String name, String contents) throws IOException {
        Path file = layout.physical(item).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, contents);
    }

    private void tool(String name) throws IOException {
        file(TOOLS, "bin/" + name, "");
        Files.setPosixFilePermissions(
                layout.physical(TOOLS).resolve("bin").resolve(name), PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    private void make(ToolHooks.Runner runner) throws Exception {
        HookInputs inputs = new HookInputs(new LogicalFiles(layout), List.of(Path.of(FIRST), Path.of(SECOND)));
        new ToolHooks(
                        inputs, List.of(Path.of(TOOLS)), this::union, runner, log::add,
                        Files.createDirectory(root.resolve("tasks")))
                .make(output);
    }

    /** Real files, so that tools of the machine can follow links. */
    private void union(Path target, List<Path> folders) throws IOException {
        Files.createDirectories(target);
        for (Path folder : folders) {
            Path physical = layout.physical(folder.toString());
            try (var all = Files.walk(physical)) {
                for (Path each : all.toList()) {
                    Path to = target.resolve(physical.relativize(each).toString());
                    if (Files.isDirectory(each)) {
                        Files.createDirectories(to);
                    } else if (!FileTrees.exists(to)) {
                        Files.createSymbolicLink(to, each);
                    }
                }
            }
        }
    }

    /** Runs the machine's own tool of that name. */
    private Optional<String> onThisMachine(List<String> command, Path folder, Path printed) throws IOException {
        commands.add(command);
        List<String> words = new ArrayList<>();
        words.add("/usr/bin/" + Path.of(command.getFirst()).getFileName());
        command.subList(1, command.size()).forEach(word -> words.add(word.replace("/out", folder.toString())));
        Assumptions.assumeTrue(Files.isExecutable(Path.of(words.getFirst())), words.getFirst() + " is missing");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of("failed: " + Files.readString(printed));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String schema(String name) {
        return "<schemalist><schema id=\"org.example." + name + "\" path=\"/org/example/" + name + "/\">"
                + "<key name=\"colour\" type=\"s\"><default>'red'</default></key></schema></schemalist>";
    }

    @Test
    void compilesTheSchemasOfAllPackagesTogether() throws Exception {
        file(FIRST, "share/glib-2.0/schemas/org.example.first.gschema.xml", schema("first"));
        file(FIRST, "share/glib-2.0/schemas/gschemas.compiled", "of the first alone");
        file(SECOND, "share/glib-2.0/schemas/org.example.second.gschema.xml", schema("second"));
        tool("glib-compile-schemas");
        make(this::onThisMachine);
        byte[] compiled = Files.readAllBytes(output.resolve("share/glib-2.0/schemas/gschemas.compiled"));
        assertThat(new String(compiled, StandardCharsets.ISO_8859_1))
                .startsWith("GVariant")
                .contains("org.example.first", "org.example.second");
        assertThat(commands).containsExactly(List.of(TOOLS + "/bin/glib-compile-schemas", "--targetdir=/out", "/out"));
        assertThat(FileTrees.entries(output.resolve("share/glib-2.0/schemas"))).hasSize(1);
        assertThat(log).isEmpty();
    }

    @Test
    void makesTheCacheOfEachIconTheme() throws Exception {
        file(FIRST, "share/icons/hicolor/index.theme", """
                [Icon Theme]
                Name=Hicolor
                Directories=16x16/apps
                [16x16/apps]
                Size=16
                """);
        file(FIRST, "share/icons/hicolor/16x16/apps/one.png", "");
        file(SECOND, "share/icons/hicolor/16x16/apps/two.png", "");
        file(SECOND, "share/icons/none/16x16/apps/two.png", "");
        tool("gtk-update-icon-cache");
        make(this::onThisMachine);
        assertThat(new String(
                        Files.readAllBytes(output.resolve("share/icons/hicolor/icon-theme.cache")),
                        StandardCharsets.ISO_8859_1))
                .contains("one", "two");
        assertThat(output.resolve("share/icons/none")).doesNotExist();
    }

    @Test
    void makesTheDatabaseOfTypes() throws Exception {
        file(FIRST, "share/mime/packages/one.xml",
                "<mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">"
                        + "<mime-type type=\"application/x-one\"><glob pattern=\"*.one\"/></mime-type></mime-info>");
        tool("update-mime-database");
        make(this::onThisMachine);
        assertThat(Files.readString(output.resolve("share/mime/globs"))).contains("application/x-one:*.one");
        assertThat(output.resolve("share/mime/mime.cache")).exists();
        assertThat(output.resolve("share/mime/packages")).doesNotExist();
    }

    @Test
    void listsImageLoadersByTheirLogicalNames() throws Exception {
        file(FIRST, "lib/gdk-pixbuf-2.0/2.10.0/loaders/png.so", "");
        file(FIRST, "lib/gdk-pixbuf-2.0/2.10.0/loaders.cache", "of the first alone");
        file(SECOND, "lib/gdk-pixbuf-2.0/2.10.0/loaders/svg.so", "");
        tool("gdk-pixbuf-query-loaders");
        make((command, _, printed) -> {
            Files.writeString(printed, String.join(" ", command.subList(1, command.size())));
            return Optional.empty();
        });
        assertThat(output.resolve("lib/gdk-pixbuf-2.0/2.10.0/loaders.cache"))
                .hasContent(FIRST + "/lib/gdk-pixbuf-2.0/2.10.0/loaders/png.so "
                        + SECOND + "/lib/gdk-pixbuf-2.0/2.10.0/loaders/svg.so");
    }

    @Test
    void leavesOutWhatNoToolIsThereFor() throws Exception {
        file(FIRST, "share/glib-2.0/schemas/a.gschema.xml", schema("a"));
        file(FIRST, "share/fonts/truetype/a.ttf", "");
        file(SECOND, "share/mime/packages/one.xml", "");
        tool("update-mime-database");
        make((_, _, _) -> Optional.of("it is too warm"));
        assertThat(FileTrees.entries(output)).isEmpty();
        assertThat(log).containsExactly(
                "note: the list of fonts in 'truetype' for the X server was not made:"
                        + " none of the packages has mkfontscale",
                "note: the list of fonts in 'truetype' was not made: none of the packages has mkfontdir",
                "note: the compiled schemas of settings was not made: none of the packages has glib-compile-schemas",
                "note: the database of MIME types was not made: it is too warm");
    }
}
