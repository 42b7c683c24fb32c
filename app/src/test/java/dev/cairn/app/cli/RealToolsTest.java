// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static dev.cairn.testing.MachinePrograms.require;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import dev.cairn.testing.MachinePrograms;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the real programs make for a profile, and other real programs read: those of this machine, as items that are
 * built as Guix's are, run as an installation runs them.
 */
class RealToolsTest {
    private static final String LOADERS = "lib/gdk-pixbuf-2.0/2.10.0/loaders";

    @TempDir
    private Path home;

    private final List<StorePath> items = new ArrayList<>();
    private Path store;

    @BeforeEach
    void findStore() {
        Namespaces.assumeUsable();
        MachinePrograms.requirePatchelf();
        store = home.resolve(".local/share/cairn/gnu/store");
    }

    /** An item that refers to what its files name. */
    private StorePath item(String name, Path tree) throws Exception {
        try (Workspace workspace = Workspace.of(Map.of("HOME", home.toString(), "USER", "tester"))) {
            var daemon = workspace.daemon();
            StorePath source = daemon.addTree(name + "-files", tree, true, HashAlgorithm.SHA256);
            StorePath specification = daemon.addText(
                    name + "-specification",
                    "{\"out\": {\".\": {\"copy\": \"%s\"}}}".formatted(source).getBytes(UTF_8), List.of(source));
            DerivationBuilder builder = new DerivationBuilder(name, "builtin", "builtin:write-files")
                    .source(source)
                    .source(specification)
                    .variable("specification", specification.toString());
            items.forEach(builder::source);
            NamedDerivation derivation = builder.build(new DerivationHasher<>(daemon.storeDirectory(), path -> {
                throw new IllegalStateException("no input expected: " + path);
            }));
            StorePath drv = daemon.addText(
                    name + NamedDerivation.SUFFIX, derivation.text(), derivation.derivation().references());
            daemon.build(List.of(BuildTarget.all(drv)), BuildOptions.DEFAULT, EventSink.NONE);
            items.add(daemon.realised(derivation.output("out")));
            return items.getLast();
        }
    }

    /** A folder for the files of an item. */
    private Path tree(String name) throws IOException {
        return Files.createDirectories(home.resolve("trees").resolve(name));
    }

    private static Path write(Path tree, String name, String text) throws IOException {
        Files.createDirectories(tree.resolve(name).getParent());
        return Files.writeString(tree.resolve(name), text);
    }

    /** A package of a program, whose libraries are another one. */
    private StorePath tool(String name, Path program) throws Exception {
        return tool(name, program, "", List.of());
    }

    /** The same, with modules in a folder. */
    private StorePath tool(String name, Path program, String folder, List<Path> modules) throws Exception {
        Path libraries = tree("libraries");
        List<Path> users = new ArrayList<>(modules);
        users.add(program);
        String loader = MachinePrograms.copyLibraries(users, libraries);
        StorePath needed = item("libraries-1", libraries);
        Path tool = tree(name);
        Path copy = MachinePrograms.copy(program, tool.resolve("bin").resolve(program.getFileName()));
        for (Path module : modules) {
            MachinePrograms.copy(module, tool.resolve(folder).resolve(module.getFileName()));
        }
        MachinePrograms.relocate(copy, needed.toString(), loader);
        return item(name, tool);
    }

    /** Installs items; answers the logical name of the profile's. */
    private String install(StorePath... packages) throws IOException {
        List<String> command = new ArrayList<>(List.of("install"));
        List.of(packages).forEach(item -> command.add(item.toString()));
        CommandRuns cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
        cairn.must(command.toArray(String[]::new));
        assertThat(cairn.err()).doesNotContain("was not made");
        Path link = home.resolve(".local/share/cairn/var/guix/profiles/per-user/tester/guix-profile-1-link");
        return Files.readSymbolicLink(link).toString();
    }

    /** What a program of the machine says when it sees the store at its place. */
    private String read(String... command) throws Exception {
        return MachinePrograms.outputWithStore(store, command);
    }

    private Path physical(String logical) {
        return store.resolve(logical.substring("/gnu/store/".length()));
    }

    /** A package that needs that of a tool. */
    private StorePath user(StorePath tool, String name, Path tree) throws Exception {
        write(tree, "share/doc/" + name + "/needs", tool.toString());
        return item(name, tree);
    }

    @Test
    void settingsOfAllPackagesAreRead() throws Exception {
        Path compiler = require("libglib2.0-bin", "/usr/bin/glib-compile-schemas");
        Path gsettings = require("libglib2.0-bin", "/usr/bin/gsettings");
        StorePath glib = tool("glib-2.80.0-bin", compiler);
        List<StorePath> packages = new ArrayList<>();
        for (String name : List.of("tea", "cake")) {
            Path tree = tree(name);
            write(tree, "share/glib-2.0/schemas/org.example." + name + ".gschema.xml", """
                    <schemalist><schema id="org.example.%1$s" path="/org/example/%1$s/">
                    <key name="taste" type="s"><default>'good %1$s'</default></key></schema></schemalist>
                    """.formatted(name));
            packages.add(user(glib, name + "-1", tree));
        }
        String schemas = install(packages.toArray(StorePath[]::new)) + "/share/glib-2.0/schemas";
        for (String name : List.of("tea", "cake")) {
            assertThat(read(
                            "env", "GSETTINGS_BACKEND=memory", gsettings.toString(), "--schemadir", schemas, "get",
                            "org.example." + name, "taste"))
                    .isEqualTo("'good " + name + "'\n");
        }
    }

    @Test
    void listOfIconsIsValid() throws Exception {
        Path program = require("gtk-update-icon-cache", "/usr/bin/gtk-update-icon-cache");
        Path one = tree("one");
        write(one, "share/icons/hicolor/index.theme", "[Icon Theme]\nName=Hicolor\nDirectories=16x16/apps\n");
        write(one, "share/icons/hicolor/16x16/apps/tea.png", "");
        Path two = tree("two");
        write(two, "share/icons/hicolor/48x48/apps/cake.png", "");
        String theme = install(item("one-1", one), item("two-1", two)) + "/share/icons/hicolor";
        assertThat(read(program.toString(), "--validate", theme)).isEmpty();
        assertThat(Files.readString(physical(theme).resolve("icon-theme.cache"), ISO_8859_1))
                .contains("16x16/apps", "48x48/apps", "tea", "cake");
    }

    @Test
    void typesOfFilesAreKnown() throws Exception {
        Path program = require("shared-mime-info", "/usr/bin/update-mime-database");
        Path gio = require("libglib2.0-bin", "/usr/bin/gio");
        Path types = require("shared-mime-info", "/usr/share/mime/packages/freedesktop.org.xml");
        MachinePrograms.copy(types, tree("shared-mime-info-2.2").resolve("share/mime/packages/freedesktop.org.xml"));
        StorePath info = tool("shared-mime-info-2.2", program);
        Path tree = tree("tea");
        write(tree, "share/mime/packages/tea.xml", """
                <mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
                <mime-type type="application/x-tea"><glob pattern="*.tea"/></mime-type></mime-info>
                """);
        write(tree, "share/applications/tea.desktop", """
                [Desktop Entry]
                Type=Application
                Name=Tea
                Exec=true %f
                MimeType=application/x-tea;
                """);
        write(tree, "share/examples/x.tea", "x");
        write(tree, "share/examples/x.pdf", "x");
        String profile = install(info, user(info, "tea-1", tree));
        String data = "XDG_DATA_DIRS=" + profile + "/share";
        assertThat(read("env", data, gio.toString(), "info", "-a", "standard::content-type",
                        profile + "/share/examples/x.tea", profile + "/share/examples/x.pdf"))
                .contains("standard::content-type: application/x-tea", "standard::content-type: application/pdf");
        assertThat(read("env", data, gio.toString(), "mime", "application/x-tea")).contains("tea.desktop");
    }

    @Test
    void imagesAreLoadedByModulesOfAllPackages() throws Exception {
        Path query = require("libgdk-pixbuf-2.0-0", "/usr/lib/ARCH/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders");
        Path folder = query.resolveSibling("2.10.0/loaders");
        Path reader = require("libgdk-pixbuf2.0-bin", "/usr/bin/gdk-pixbuf-csource");
        Path module = folder.resolve("libpixbufloader-xpm.so");
        StorePath pixbuf = tool("gdk-pixbuf-2.42.10", query, LOADERS, List.of(module));
        Path tree = tree("more");
        MachinePrograms.copy(
                folder.resolve("libpixbufloader-xbm.so"), tree.resolve(LOADERS).resolve("libpixbufloader-xbm.so"));
        write(tree, "share/x.xpm", "/* XPM */\nstatic char *x[] = {\"1 1 1 1\", \"a c #102030\", \"a\"};\n");
        write(tree, "share/x.xbm",
                "#define x_width 8\n#define x_height 1\nstatic unsigned char x_bits[] = {\n0x01 };\n");
        String profile = install(user(pixbuf, "more-1", tree));
        for (String image : List.of("x.xpm", "x.xbm")) {
            assertThat(read(
                            "env", "GDK_PIXBUF_MODULE_FILE=" + profile + "/lib/gdk-pixbuf-2.0/2.10.0/loaders.cache",
                            reader.toString(), profile + "/share/" + image))
                    .contains("static const");
        }
    }

    @Test
    void inputMethodsAreListed() throws Exception {
        Path query = require("libgtk-3-0", "/usr/lib/ARCH/libgtk-3-0/gtk-query-immodules-3.0");
        Path folder = require("libgtk-3-0", "/usr/lib/ARCH/gtk-3.0/3.0.0/immodules");
        String place = "lib/gtk-3.0/3.0.0/immodules";
        StorePath gtk = tool("gtk+-3.24.38", query, place, List.of(folder.resolve("im-thai.so")));
        Path tree = tree("more");
        MachinePrograms.copy(folder.resolve("im-cedilla.so"), tree.resolve(place).resolve("im-cedilla.so"));
        StorePath more = user(gtk, "more-1", tree);
        String profile = install(more);
        assertThat(physical(profile).resolve("lib/gtk-3.0/3.0.0/immodules-gtk3.cache")).content(UTF_8)
                .contains("\"" + gtk + "/" + place + "/im-thai.so\"", "\"" + more + "/" + place + "/im-cedilla.so\"");
    }

    @Test
    void fontsAreListed() throws Exception {
        Path program = require("xfonts-utils", "/usr/bin/mkfontscale");
        Path font = require("fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
        StorePath tool = tool("mkfontscale-1.2.2", program);
        Path tree = tree("font");
        MachinePrograms.copy(font, tree.resolve("share/fonts/truetype/one.ttf"));
        String fonts = install(user(tool, "font-1", tree)) + "/share/fonts/truetype";
        for (String list : List.of("fonts.scale", "fonts.dir")) {
            assertThat(physical(fonts).resolve(list)).content(UTF_8)
                    .contains("one.ttf -misc-dejavu sans-medium-r-normal--0-0-0-0-p-0-iso10646-1");
        }
    }

    @Test
    void manualPagesAreFound() throws Exception {
        Path program = require("man-db", "/usr/bin/mandb");
        Path apropos = require("man-db", "/usr/bin/apropos");
        StorePath man = tool("man-db-2.11.2", program);
        Path tree = tree("tea");
        Path page = tree.resolve("share/man/man1/brew.1.gz");
        Files.createDirectories(page.getParent());
        try (var out = new GZIPOutputStream(Files.newOutputStream(page))) {
            out.write(".TH BREW 1\n.SH NAME\nbrew \\- make th\u00e9 or tea\n".getBytes(UTF_8));
        }
        Files.createSymbolicLink(tree.resolve("share/man/man1/infuse.1.gz"), Path.of("brew.1.gz"));
        String pages = install(man, item("tea-1", tree)) + "/share/man";
        assertThat(read("env", "LC_ALL=C.UTF-8", apropos.toString(), "-M", pages, "tea"))
                .contains("brew (1)", "infuse (1)", "make th\u00e9 or tea");
        assertThat(read("env", "LC_ALL=C.UTF-8", "man", "-P", "cat", "-M", pages, "infuse")).contains("make th\u00e9");
    }
}
