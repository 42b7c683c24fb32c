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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What only tools of the packages themselves can make over all items of a profile: compiled schemas, the database of
 * MIME types, lists of image loaders, input methods, fonts and GHC's libraries, the index of manual pages. A tool is
 * one of the profile's items or of those that they need; where there is none, or it fails, its product is left out. The
 * log says so, and of a failure a note as well: that should not have been.
 *
 * <p>Each gets a folder of links to the items' files, which are read-only, and what it adds to that is kept.
 */
public final class ToolHooks {
    private final HookInputs inputs;
    private final Tools tools;
    private final Union union;
    private final Runner runner;
    private final Consumer<String> log;
    private final Consumer<String> notes;
    private final Path temporary;

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
        this.tools = new Tools(inputs, tools);
        this.union = union;
        this.runner = runner;
        this.log = log;
        this.notes = notes;
        this.temporary = temporary;
    }

    /** Makes the files below {@code output}, under the names that they have in the profile. */
    public void make(Path output) throws CairnException, IOException {
        int number = 0;
        for (ToolTask task : ToolTasks.of(inputs, tools)) {
            Interrupts.check();
            Path folder = temporary.resolve("task-" + ++number);
            make(task, folder, output);
            FileTrees.delete(folder);
        }
    }

    private void make(ToolTask task, Path folder, Path output) throws CairnException, IOException {
        Optional<Tools.Tool> tool = tools.find(task.program());
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
    private static List<Path> added(Path work, ToolTask task, Predicate<Path> kind) throws IOException {
        List<Path> added = new ArrayList<>();
        collect(work, work, task, kind, added);
        return added;
    }

    private static void collect(Path work, Path folder, ToolTask task, Predicate<Path> kind, List<Path> added)
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
}
