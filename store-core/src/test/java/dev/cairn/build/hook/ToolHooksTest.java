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
    private static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu";
    private static final String FIRST = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-first-1";
    private static final String SECOND = "/gnu/store/1123456789abcdfghijklmnpqrsvwxyz-second-1";
    private static final String TOOLS = "/gnu/store/2123456789abcdfghijklmnpqrsvwxyz-tools-1";

    /** Where Debian has them. */
    private static final List<String> PLACES = List.of(
            "/usr/bin", LIBRARIES + "/gdk-pixbuf-2.0", LIBRARIES + "/libgtk-3-0", LIBRARIES + "/libgtk2.0-0");

    @TempDir
    private Path root;

    private StoreLayout layout;
    private Path output;
    private final List<String> log = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
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
                        inputs, List.of(Path.of(TOOLS)), this::union, runner, log::add, notes::add,
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

    /** Where the machine's own tool of that name is; without it, the test is skipped. */
    private static String ofThisMachine(String program) {
        Optional<Path> found = PLACES.stream()
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "skipped: this machine has no " + program);
        return found.get().toString();
    }

    /** Runs the machine's own tool of that name. */
    private Optional<String> onThisMachine(List<String> command, Path folder, Path printed) throws IOException {
        commands.add(command);
        List<String> words = new ArrayList<>();
        words.add(ofThisMachine(Path.of(command.getFirst()).getFileName().toString()));
        for (String word : command.subList(1, command.size())) {
            words.add(word.startsWith("/gnu/")
                    ? layout.physical(word).toString()
                    : word.replace("/out", folder.toString()));
        }
        try {
            Path errors = root.resolve("errors");
            Process process = new ProcessBuilder(words)
                    .redirectError(errors.toFile())
                    .redirectOutput(printed.toFile())
                    .start();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of("failed: " + Files.readString(errors));
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

    /** A file of this machine as that of an item; without it, the test is skipped. */
    private void copy(Path from, String item, String name) throws IOException {
        Assumptions.assumeTrue(Files.isRegularFile(from), "skipped: this machine has no " + from);
        Path file = layout.physical(item).resolve(name);
        Files.createDirectories(file.getParent());
        Files.copy(from, file);
    }

    @Test
    void imageLoadersAreListedAsTheRealProgramDoes() throws Exception {
        String folder = "lib/gdk-pixbuf-2.0/2.10.0/loaders";
        copy(Path.of(LIBRARIES, "gdk-pixbuf-2.0/2.10.0/loaders/libpixbufloader-xpm.so"), FIRST, folder + "/xpm.so");
        copy(Path.of(LIBRARIES, "gdk-pixbuf-2.0/2.10.0/loaders/libpixbufloader-tga.so"), TOOLS, folder + "/tga.so");
        tool("gdk-pixbuf-query-loaders");
        make(this::onThisMachine);
        assertThat(output.resolve("lib/gdk-pixbuf-2.0/2.10.0/loaders.cache"))
                .content(StandardCharsets.UTF_8)
                .contains("\"" + layout.physical(FIRST) + "/" + folder + "/xpm.so\"\n\"xpm\"")
                .contains("\"" + layout.physical(TOOLS) + "/" + folder + "/tga.so\"\n\"tga\"");
        assertThat(log).isEmpty();
    }

    @Test
    void inputMethodsOfBothKindsOfGtkAreListedAsTheRealProgramsDo() throws Exception {
        copy(
                Path.of(LIBRARIES, "gtk-3.0/3.0.0/immodules/im-thai.so"), FIRST,
                "lib/gtk-3.0/3.0.0/immodules/im-thai.so");
        copy(
                Path.of(LIBRARIES, "gtk-2.0/2.10.0/immodules/im-thai.so"), SECOND,
                "lib/gtk-2.0/2.10.0/immodules/im-thai.so");
        tool("gtk-query-immodules-3.0");
        tool("gtk-query-immodules-2.0");
        make(this::onThisMachine);
        for (String list :
                List.of("lib/gtk-3.0/3.0.0/immodules-gtk3.cache", "lib/gtk-2.0/2.10.0/immodules-gtk2.cache")) {
            assertThat(output.resolve(list)).content(StandardCharsets.UTF_8)
                    .contains("/immodules/im-thai.so\"", "\"thai\"");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void listsFontsThatScaleInTheFolderThatTheyAreIn() throws Exception {
        Path font = Path.of("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
        copy(font, FIRST, "share/fonts/truetype/one.ttf");
        copy(font, SECOND, "share/fonts/truetype/deep/two.ttf");
        file(FIRST, "share/fonts/truetype/fonts.dir", "0\n");
        tool("mkfontscale");
        make(this::onThisMachine);
        for (String folder : List.of("truetype", "truetype/deep")) {
            String file = folder.equals("truetype") ? "one.ttf" : "two.ttf";
            for (String list : List.of("fonts.dir", "fonts.scale")) {
                assertThat(output.resolve("share/fonts").resolve(folder).resolve(list))
                        .content(StandardCharsets.UTF_8)
                        .startsWith(lines(output, folder, list) + "\n")
                        .contains(file + " -misc-dejavu sans-medium-r-normal--0-0-0-0-p-0-iso10646-1");
            }
        }
        assertThat(log).isEmpty();
    }

    /** What the first line of a list of fonts says: how many there are. */
    private static int lines(Path output, String folder, String list) throws IOException {
        return Files.readAllLines(output.resolve("share/fonts").resolve(folder).resolve(list)).size() - 1;
    }

    @Test
    void indexesManualPagesSoThatTheyAreFound() throws Exception {
        String whatis = ofThisMachine("whatis");
        file(FIRST, "share/man/man1/brew.1", ".TH BREW 1\n.SH NAME\nbrew \\- make tea\n");
        file(SECOND, "share/man/man5/leaf.5", ".TH LEAF 5\n.SH NAME\nleaf \\- what tea is made of\n");
        file(FIRST, "share/man/index.db", "of the first alone");
        file(FIRST, "bin/mandb", "");
        Files.setPosixFilePermissions(
                layout.physical(FIRST).resolve("bin/mandb"), PosixFilePermissions.fromString("r-xr-xr-x"));
        make(this::onThisMachine);
        assertThat(log).isEmpty();
        Path man = root.resolve("profile/share/man");
        union(man, List.of(Path.of(SECOND, "share/man")));
        Files.createDirectories(man.resolve("man1"));
        Files.createSymbolicLink(man.resolve("man1/brew.1"), layout.physical(FIRST).resolve("share/man/man1/brew.1"));
        Files.copy(output.resolve("share/man/index.db"), man.resolve("index.db"));
        for (String program : List.of("whatis", "apropos")) {
            String word = program.equals("whatis") ? "brew" : "tea";
            assertThat(printedBy(ofThisMachine(program), "-M", man.toString(), word))
                    .contains("brew (1)", "make tea");
        }
        assertThat(printedBy(whatis, "-M", man.toString(), "leaf")).contains("leaf (5)", "what tea is made of");
        assertThat(FileTrees.entries(output.resolve("share/man"))).hasSize(1);
    }

    private static String printedBy(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    @Test
    void listsLibrariesOfEachGhcByItsOwnProgram() throws Exception {
        for (String version : List.of("9.2.8", "9.4.7")) {
            file(FIRST, "lib/ghc-" + version + "/package.conf.d/one-1.conf", "of one");
            file(FIRST, "lib/ghc-" + version + "/package.conf.d/package.cache", "of the first alone");
            file(SECOND, "lib/ghc-" + version + "/package.conf.d/two-1.conf", "of two");
            tool("ghc-pkg-" + version);
        }
        make((command, folder, _) -> {
            commands.add(command);
            Files.writeString(folder.resolve("package.cache.lock"), "");
            Files.writeString(
                    folder.resolve("package.cache"), Files.readString(folder.resolve("one-1.conf")) + " and "
                            + Files.readString(folder.resolve("two-1.conf")));
            return Optional.empty();
        });
        assertThat(commands).containsExactly(
                List.of(TOOLS + "/bin/ghc-pkg-9.2.8", "recache", "--package-db=/out"),
                List.of(TOOLS + "/bin/ghc-pkg-9.4.7", "recache", "--package-db=/out"));
        for (String version : List.of("9.2.8", "9.4.7")) {
            Path folder = output.resolve("lib/ghc-" + version + "/package.conf.d");
            assertThat(FileTrees.entries(folder)).hasSize(1);
            assertThat(folder.resolve("package.cache")).hasContent("of one and of two");
        }
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
                "note: the list of fonts in 'truetype' was not made: none of the packages has mkfontscale",
                "note: the compiled schemas of settings was not made: none of the packages has glib-compile-schemas",
                "note: the database of MIME types was not made: it is too warm");
        assertThat(notes).containsExactly("the database of MIME types was not made: it is too warm");
    }
}
