// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tools make for a profile: nothing that its packages have nothing for. */
final class ToolTasks {
    private static final String FONTS = "share/fonts";
    private static final String SCHEMAS = "share/glib-2.0/schemas";

    private final HookInputs inputs;
    private final Tools tools;
    private final List<ToolTask> tasks = new ArrayList<>();

    private ToolTasks(HookInputs inputs, Tools tools) {
        this.inputs = inputs;
        this.tools = tools;
    }

    static List<ToolTask> of(HookInputs inputs, Tools tools) throws IOException {
        ToolTasks all = new ToolTasks(inputs, tools);
        all.manualPages();
        all.fonts();
        all.libraries();
        all.modules(
                "the list of image loaders", "gdk-pixbuf-query-loaders", "lib/gdk-pixbuf-2.0/2.10.0", "loaders",
                "loaders.cache");
        all.modules(
                "the list of input methods of GTK 3", "gtk-query-immodules-3.0", "lib/gtk-3.0/3.0.0", "immodules",
                "immodules-gtk3.cache");
        all.modules(
                "the list of input methods of GTK 2", "gtk-query-immodules-2.0", "lib/gtk-2.0/2.10.0", "immodules",
                "immodules-gtk2.cache");
        all.schemas();
        all.types();
        return all.tasks;
    }

    private void manualPages() throws IOException {
        // As Guix does it, only where man itself is in the profile: nobody else reads the index.
        if (inputs.has("bin/mandb") && !inputs.foldersIn("share/man").isEmpty()) {
            tasks.add(new ToolTask(
                    "the index of manual pages", "bin/mandb", "share/man",
                    List.of("--create", "--quiet", "--user-db", "/out"), "index.db"::equals));
        }
    }

    private void fonts() throws IOException {
        for (String folder : inputs.foldersBelow(FONTS)) {
            // The second run, which is what mkfontdir does, reads what the first one wrote.
            tasks.add(new ToolTask(
                    "the list of fonts in '" + folder + "'", "bin/mkfontscale", FONTS + "/" + folder,
                    List.of(List.of("/out"), List.of("-b", "-s", "-l", "/out")), Optional.empty(),
                    name -> name.equals("fonts.scale") || name.equals("fonts.dir")));
        }
    }

    /** GHC's list of libraries, for each version of it; only the program of the same version writes what it reads. */
    private void libraries() throws IOException {
        for (Path compiler : inputs.foldersIn("lib")) {
            String name = compiler.toString();
            String folder = "lib/" + name + "/package.conf.d";
            if (name.startsWith("ghc-") && any(folder, ".conf")) {
                tasks.add(new ToolTask(
                        "the list of libraries of " + name, "bin/ghc-pkg-" + name.substring("ghc-".length()), folder,
                        List.of("recache", "--package-db=/out"), "package.cache"::equals));
            }
        }
    }

    /** A list of what libraries load when they run, in place of their own: so theirs is in it, too. */
    private void modules(String product, String program, String folder, String place, String list)
            throws IOException {
        List<String> modules = modulesOf(inputs.items(), folder + "/" + place);
        if (modules.isEmpty()) {
            return;
        }
        String file = "bin/" + program;
        Optional<Path> owner = tools.find(file).map(Tools.Tool::item);
        if (owner.isPresent() && !inputs.items().contains(owner.get())) {
            modules.addAll(modulesOf(List.of(owner.get()), folder + "/" + place));
        }
        tasks.add(new ToolTask(product, file, folder, List.of(modules), Optional.of(list), list::equals));
    }

    private List<String> modulesOf(List<Path> items, String folder) throws IOException {
        List<String> modules = new ArrayList<>();
        for (Path item : items) {
            Path place = item.resolve(folder);
            if (inputs.files().isDirectory(place)) {
                for (Path name : inputs.files().names(place)) {
                    if (name.toString().endsWith(".so")) {
                        modules.add(place.resolve(name).toString());
                    }
                }
            }
        }
        return modules;
    }

    private void schemas() throws IOException {
        if (any(SCHEMAS, ".gschema.xml")) {
            tasks.add(new ToolTask(
                    "the compiled schemas of settings", "bin/glib-compile-schemas", SCHEMAS,
                    List.of("--targetdir=/out", "/out"), "gschemas.compiled"::equals));
        }
    }

    private void types() throws IOException {
        if (any("share/mime/packages", ".xml")) {
            tasks.add(new ToolTask(
                    "the database of MIME types", "bin/update-mime-database", "share/mime", List.of("/out"),
                    name -> !name.startsWith("packages/")));
        }
    }

    private boolean any(String folder, String suffix) throws IOException {
        return inputs.in(folder).stream().anyMatch(found -> found.name().toString().endsWith(suffix));
    }
}
