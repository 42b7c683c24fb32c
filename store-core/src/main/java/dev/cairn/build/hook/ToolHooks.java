// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import dev.cairn.error.CairnException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What only tools of the packages themselves can make over all items of a profile: compiled schemas, the database of
 * MIME types, lists of image loaders, input methods and fonts, the index of manual pages. A tool is one of the
 * profile's items or of those that they need; where there is none, or it fails, its product is left out. The log says
 * so, and of a failure a note as well: that should not have been.
 *
 * <p>Each gets a folder of links to the items' files, which are read-only, and what it adds to that is kept.
 */
public final class ToolHooks {
    private static final String FONTS = "share/fonts";

    private final HookInputs inputs;
    private final List<Path> tools;
    private final Union union;
    private final Runner runner;
    private final Consumer<String> log;
    private final Consumer<String> notes;
    private final Path temporary;

    /** Where tools are, by name; several tasks need the same. */
    private final Map<String, Optional<Tool>> found = new HashMap<>();

    /** @param item that has it */
    private record Tool(Path item, Path program) {}

    /** Makes a tree of links to the files that some folders have. */
    @FunctionalInterface
    public interface Union {
        /**
         * @param output not there yet
         * @param folders logical names, those that win first
         */
        void make(Path output, List<Path> folders) throws CairnException, IOException;
    }

    /** Runs tools, apart from the machine. */
    @FunctionalInterface
    public interface Runner {
        /**
         * Runs one to its end.
         *
         * @param command logical names and other words
         * @param folder what it sees as {@code /out}
         * @param output takes what it prints
         * @return why it failed; empty where it did not
         */
        Optional<String> run(List<String> command, Path folder, Path output) throws CairnException, IOException;
    }

    /**
     * Something to be made.
     *
     * @param product for people, as in {@code the list of fonts}
     * @param program name of the tool, relative to an item
     * @param folder of the profile that it is in
     * @param runs arguments for the tool, each time it runs
     * @param printed the name of the file for what it prints, where that is the product
     * @param kept which new files are kept, by their names relative to the folder
     */
    private record Task(
            String product,
            String program,
            String folder,
            List<List<String>> runs,
            Optional<String> printed,
            Predicate<String> kept) {
        Task(String product, String program, String folder, List<String> arguments, Predicate<String> kept) {
            this(product, program, folder, List.of(arguments), Optional.empty(), kept);
        }
    }

    /**
     * @param tools logical names of further items that may have tools, all of them needed by the profile's
     * @param log takes what is worth knowing to those who look for it, line by line
     * @param notes takes what everybody should know
     * @param temporary an empty folder
     */
    public ToolHooks(
            HookInputs inputs,
            List<Path> tools,
            Union union,
            Runner runner,
            Consumer<String> log,
            Consumer<String> notes,
            Path temporary) {
        this.inputs = inputs;
        this.tools = new ArrayList<>(inputs.items());
        this.tools.addAll(tools);
        this.union = union;
        this.runner = runner;
        this.log = log;
        this.notes = notes;
        this.temporary = temporary;
    }

    /** Makes the files below {@code output}, under the names that they have in the profile. */
    public void make(Path output) throws CairnException, IOException {
        int number = 0;
        for (Task task : tasks()) {
            Interrupts.check();
            Path folder = temporary.resolve("task-" + ++number);
            make(task, folder, output);
            FileTrees.delete(folder);
        }
    }

    private List<Task> tasks() throws IOException {
        List<Task> tasks = new ArrayList<>();
        manualPages(tasks);
        fonts(tasks);
        modules(
                tasks, "the list of image loaders", "gdk-pixbuf-query-loaders", "lib/gdk-pixbuf-2.0/2.10.0", "loaders",
                "loaders.cache");
        modules(
                tasks, "the list of input methods of GTK 3", "gtk-query-immodules-3.0", "lib/gtk-3.0/3.0.0",
                "immodules", "immodules-gtk3.cache");
        modules(
                tasks, "the list of input methods of GTK 2", "gtk-query-immodules-2.0", "lib/gtk-2.0/2.10.0",
                "immodules", "immodules-gtk2.cache");
        String schemas = "share/glib-2.0/schemas";
        if (any(schemas, ".gschema.xml")) {
            tasks.add(new Task(
                    "the compiled schemas of settings", "bin/glib-compile-schemas", schemas,
                    List.of("--targetdir=/out", "/out"), "gschemas.compiled"::equals));
        }
        if (any("share/mime/packages", ".xml")) {
            tasks.add(new Task(
                    "the database of MIME types", "bin/update-mime-database", "share/mime", List.of("/out"),
                    name -> !name.startsWith("packages/")));
        }
        return tasks;
    }

    private void manualPages(List<Task> tasks) throws IOException {
        // As Guix does it, only where man itself is in the profile: nobody else reads the index.
        if (inputs.has("bin/mandb") && !inputs.foldersIn("share/man").isEmpty()) {
            tasks.add(new Task(
                    "the index of manual pages", "bin/mandb", "share/man",
                    List.of("--create", "--quiet", "--user-db", "/out"), "index.db"::equals));
        }
    }

    private void fonts(List<Task> tasks) throws IOException {
        for (String folder : inputs.foldersBelow(FONTS)) {
            // The second run, which is what mkfontdir does, reads what the first one wrote.
            tasks.add(new Task(
                    "the list of fonts in '" + folder + "'", "bin/mkfontscale", FONTS + "/" + folder,
                    List.of(List.of("/out"), List.of("-b", "-s", "-l", "/out")), Optional.empty(),
                    name -> name.equals("fonts.scale") || name.equals("fonts.dir")));
        }
    }

    /** A list of what libraries load when they run, in place of their own: so theirs is in it, too. */
    private void modules(
            List<Task> tasks, String product, String program, String folder, String place, String list)
            throws IOException {
        List<String> modules = modulesOf(inputs.items(), folder + "/" + place);
        if (modules.isEmpty()) {
            return;
        }
        String file = "bin/" + program;
        Optional<Path> owner = tool(file).map(Tool::item);
        if (owner.isPresent() && !inputs.items().contains(owner.get())) {
            modules.addAll(modulesOf(List.of(owner.get()), folder + "/" + place));
        }
        tasks.add(new Task(product, file, folder, List.of(modules), Optional.of(list), list::equals));
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

    private boolean any(String folder, String suffix) throws IOException {
        return inputs.in(folder).stream().anyMatch(found -> found.name().toString().endsWith(suffix));
    }

    private void make(Task task, Path folder, Path output) throws CairnException, IOException {
        Optional<Tool> tool = tool(task.program());
        if (tool.isEmpty()) {
            log.accept("note: " + task.product() + " was not made: none of the packages has "
                    + Path.of(task.program()).getFileName());
            return;
        }
        Files.createDirectory(folder);
        Path work = folder.resolve("out");
        List<Path> sources = new ArrayList<>();
        for (Path item : inputs.items()) {
            if (inputs.files().isDirectory(item.resolve(task.folder()))) {
                sources.add(item.resolve(task.folder()));
            }
        }
        union.make(work, sources);
        for (Path old : added(work, task, Files::isSymbolicLink)) {
            // What one package's own build made does not count for all.
            Files.delete(work.resolve(old));
        }
        Path printed = task.printed().map(work::resolve).orElse(folder.resolve("printed"));
        for (List<String> arguments : task.runs()) {
            List<String> command = new ArrayList<>(List.of(tool.get().program().toString()));
            command.addAll(arguments);
            Optional<String> failure = runner.run(command, work, printed);
            if (failure.isPresent()) {
                String what = task.product() + " was not made: " + failure.get();
                log.accept("note: " + what);
                notes.accept(what);
                return;
            }
        }
        for (Path name : added(work, task, file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))) {
            Path target = output.resolve(task.folder()).resolve(name.toString());
            Files.createDirectories(target.getParent());
            Files.move(work.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Files of the product, by their names relative to the folder. */
    private static List<Path> added(Path work, Task task, Predicate<Path> kind) throws IOException {
        List<Path> added = new ArrayList<>();
        collect(work, work, task, kind, added);
        return added;
    }

    private static void collect(Path work, Path folder, Task task, Predicate<Path> kind, List<Path> added)
            throws IOException {
        for (Path entry : FileTrees.entries(folder)) {
            Path name = work.relativize(entry);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(work, entry, task, kind, added);
            } else if (kind.test(entry) && task.kept().test(name.toString())) {
                added.add(name);
            }
        }
    }

    private Optional<Tool> tool(String program) throws IOException {
        Optional<Tool> known = found.get(program);
        if (known == null) {
            known = find(program);
            found.put(program, known);
        }
        return known;
    }

    private Optional<Tool> find(String program) throws IOException {
        for (Path item : tools) {
            if (isTool(item.resolve(program))) {
                return Optional.of(new Tool(item, item.resolve(program)));
            }
        }
        return Optional.empty();
    }

    private boolean isTool(Path program) throws IOException {
        Optional<Path> file = inputs.files().resolve(program);
        return file.isPresent() && Files.isExecutable(file.get());
    }
}
