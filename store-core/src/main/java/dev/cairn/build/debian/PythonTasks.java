// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.build.sandbox.TreeTools;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Byte code of Python's own modules and of those in {@code dist-packages}, without which programs in Python start four
 * times as slowly; modules of applications elsewhere are few as a rule. There is a task for each package, so that
 * another one leaves the others as they are. The byte code says that its source never changes (PEP 552).
 */
final class PythonTasks {
    private static final String PACKAGES = "usr/lib/python3/dist-packages";

    /** Sets have an order that depends on the seed; tests are not imported by programs. */
    private static final String SCRIPT = """
            PYTHONHASHSEED=0 /PYTHON -S - PLACES <<'END'
            import importlib.util, os, py_compile, sys
            def modules(place):
                if not os.path.isdir(place):
                    yield place
                for folder, folders, files in os.walk(place):
                    folders[:] = sorted(set(folders) - {'test', 'tests', 'idlelib', 'turtledemo'})
                    for name in sorted(files):
                        yield os.path.join(folder, name)
            for place in sys.argv[1:]:
                for source in modules(place):
                    if source.endswith('.py'):
                        target = os.environ['OUT'] + importlib.util.cache_from_source(source)
                        try:
                            py_compile.compile(source, target, source, doraise=True,
                                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
                        except (py_compile.PyCompileError, ValueError, UnicodeError):
                            pass
            END
            """;

    private PythonTasks() {}

    /** The tasks for a tree: for each version of Python its own modules, and those of each package. */
    static List<ToolTasks.Wanted> of(MergedTree tree) throws IOException {
        List<ToolTasks.Wanted> tasks = new ArrayList<>();
        for (Path name : tree.names("usr/bin")) {
            String python = "usr/bin/" + name;
            if (name.toString().matches("python3\\.[0-9]{1,3}") && tree.file(python).isPresent()) {
                tasks.add(task(tree, python, name.toString(), List.of("usr/lib/" + name)));
                for (var each : packages(tree).entrySet()) {
                    tasks.add(task(tree, python, name + "-" + each.getKey(), each.getValue()));
                }
            }
        }
        return tasks;
    }

    /** The modules of packages, by the package that has them, or the first one that does. */
    private static SortedMap<String, List<String>> packages(MergedTree tree) throws IOException {
        SortedMap<String, List<String>> places = new TreeMap<>();
        for (Path name : tree.names(PACKAGES)) {
            String place = PACKAGES + "/" + name;
            boolean folder = tree.file(place).isEmpty() && !name.toString().contains(".");
            if (name.toString().matches("[A-Za-z0-9_]+(\\.py)?") && (folder || name.toString().endsWith(".py"))) {
                String owner = tree.owner(place).orElse("cairn");
                places.computeIfAbsent(owner, _ -> new ArrayList<>()).add(place);
            }
        }
        return places;
    }

    private static ToolTasks.Wanted task(MergedTree tree, String python, String name, List<String> places)
            throws IOException {
        String script = SCRIPT.replace("PYTHON -S", python + " -S").replace("PLACES", "/" + String.join(" /", places));
        List<String> reads = new ArrayList<>(places);
        reads.add("usr/lib/" + Path.of(python).getFileName());
        return new ToolTasks.Wanted(
                new TreeTools.Task(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), script, List.of()),
                tree.owner(python).orElse("cairn"),
                "the byte code of Python's modules in '/" + places.getFirst() + "'",
                new ToolTasks.Reads(reads, false));
    }
}
