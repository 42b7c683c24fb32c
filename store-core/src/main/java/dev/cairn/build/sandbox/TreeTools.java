// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.encoding.ShellWord;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Octets;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs tools of a merged tree by bubblewrap with that tree as their {@code /usr}, {@code /etc} and {@code /opt}: all
 * in one start, two at a time, without network, without any file of the host, the tree read-only. A tool sees the same
 * names, times and environment on every machine, so that what it makes depends on the tree alone.
 *
 * <p>Each task is a shell script that runs under {@code sh -e} of the tree and writes below {@code $OUT}. The tree
 * must have {@code sh}, {@code mkdir}, {@code timeout} and {@code xargs}, as all with essential packages have.
 */
public final class TreeTools {
    private static final int MAX_LOG = 64 * 1024;

    /** Seconds after which a task has failed. */
    private static final int TIMEOUT = 300;

    /** One task after the other for each of two workers; its exit code is kept in a file. */
    private static final String WORKER = """
            OUT=/out/$1
            export OUT
            timeout -k 5 %d /bin/sh -e "/tasks/$1" > "/status/$1.log" 2>&1
            echo $? > "/status/$1"
            """.formatted(TIMEOUT);

    private final Bubblewrap bubblewrap;
    private final Path tree;
    private final Path folder;

    /**
     * A task.
     *
     * @param name of small letters, digits and hyphens, unlike all others
     * @param script run with {@code $OUT}, an empty folder
     * @param places absolute names of folders that the script sees empty and may write to; what it writes is found
     *     under the same names below {@code $OUT}
     */
    public record Task(String name, String script, List<String> places) {
        public Task {
            places = List.copyOf(places);
            if (!name.matches("[a-z0-9-]{1,100}")) {
                throw new IllegalArgumentException("'" + name + "' is no name of a task");
            }
        }
    }

    /**
     * How a task ended.
     *
     * @param output what it wrote below {@code $OUT}
     * @param exitCode 0 for success
     * @param log at most {@value #MAX_LOG} octets of what it printed
     */
    public record Ending(Task task, Path output, int exitCode, String log) {}

    /**
     * @param tree has {@code usr} and {@code etc}
     * @param folder an empty folder, in which the outputs are left
     */
    public TreeTools(Bubblewrap bubblewrap, Path tree, Path folder) {
        this.bubblewrap = bubblewrap;
        this.tree = tree;
        this.folder = folder;
    }

    /**
     * Runs tasks and waits for their end. The calling thread must be a platform thread, as with {@link
     * Bubblewrap#start}.
     *
     * @return an ending for each task, in this order
     * @throws InterruptedIOException when the thread is interrupted; nothing runs any more then
     */
    public List<Ending> run(List<Task> tasks) throws IOException {
        for (String name : List.of("tasks", "status", "out", "tmp")) {
            Files.createDirectory(folder.resolve(name));
        }
        for (Task task : tasks) {
            Files.writeString(folder.resolve("tasks").resolve(task.name()), task.script());
            Path output = Files.createDirectory(output(task));
            for (String place : task.places()) {
                Files.createDirectories(output.resolve(place.substring(1)));
            }
        }
        Files.writeString(folder.resolve("worker"), WORKER);
        Path log = folder.resolve("log");
        await(start(tasks, log));
        List<Ending> endings = new ArrayList<>();
        for (Task task : tasks) {
            endings.add(ending(task, log));
        }
        return endings;
    }

    private Path output(Task task) {
        return folder.resolve("out").resolve(task.name());
    }

    private Process start(List<Task> tasks, Path log) throws IOException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("bubblewrap must be started by a platform thread");
        }
        Path script = folder.resolve("start");
        Files.write(script, script(tasks).getBytes(StandardCharsets.ISO_8859_1));
        ProcessBuilder process = new ProcessBuilder("/bin/sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        process.environment().clear();
        process.environment().put("PATH", "/usr/bin:/bin");
        return process.start();
    }

    /** A file, as for builders, because arguments must pass to the octet. */
    private String script(List<Task> tasks) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                octets(bubblewrap.program()), "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
                "--unshare-net", "--unshare-cgroup-try", "--uid", String.valueOf(Bubblewrap.USER),
                "--gid", String.valueOf(Bubblewrap.GROUP), "--hostname", "localhost", "--cap-drop", "ALL",
                "--die-with-parent", "--new-session", "--as-pid-1", "--proc", "/proc", "--dev", "/dev"));
        for (String name : List.of("usr", "etc", "opt")) {
            if (Files.isDirectory(tree.resolve(name))) {
                words.addAll(List.of("--ro-bind", octets(tree.resolve(name)), "/" + name));
            }
        }
        for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
            if (FileTrees.exists(tree.resolve("usr").resolve(name))) {
                words.addAll(List.of("--symlink", "usr/" + name, "/" + name));
            }
        }
        words.addAll(List.of(
                "--bind", octets(folder.resolve("tmp")), "/tmp",
                "--bind", octets(folder.resolve("out")), "/out",
                "--bind", octets(folder.resolve("status")), "/status",
                "--ro-bind", octets(folder.resolve("tasks")), "/tasks",
                "--ro-bind", octets(folder.resolve("worker")), "/worker"));
        for (Task task : tasks) {
            for (String place : task.places()) {
                words.addAll(List.of("--bind", octets(output(task).resolve(place.substring(1))), place));
            }
        }
        words.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp", "--clearenv"));
        environment(words);
        words.addAll(List.of("--", "/bin/sh", "-c", "printf '%s\\n' \"$@\" | xargs -P 2 -n 1 /bin/sh /worker", "sh"));
        tasks.forEach(task -> words.add(task.name()));
        StringBuilder text = new StringBuilder("umask 022\nexec");
        words.forEach(word -> text.append(' ').append(ShellWord.quote(word)));
        return text.append('\n').toString();
    }

    private static void environment(List<String> words) {
        List<String> variables = List.of(
                "PATH", "/usr/sbin:/usr/bin", "HOME", "/nonexistent", "LC_ALL", "C.UTF-8", "TZ", "UTC",
                "SOURCE_DATE_EPOCH", "1");
        for (int i = 0; i < variables.size(); i += 2) {
            words.addAll(List.of("--setenv", variables.get(i), variables.get(i + 1)));
        }
    }

    private static void await(Process process) throws InterruptedIOException {
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            boolean ended = false;
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            while (!ended) {
                try {
                    process.waitFor();
                    ended = true;
                } catch (InterruptedException _) {
                    // It dies at once; its files are about to be deleted.
                    continue;
                }
            }
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while tools run");
        }
    }

    private Ending ending(Task task, Path log) throws IOException {
        Path status = folder.resolve("status").resolve(task.name());
        Path own = folder.resolve("status").resolve(task.name() + ".log");
        int code = 1;
        if (Files.exists(status)) {
            String text = Files.readString(status).strip();
            code = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 1;
        }
        return new Ending(task, output(task), code, read(Files.exists(own) ? own : log));
    }

    private static String read(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readNBytes(MAX_LOG), StandardCharsets.UTF_8).strip();
        }
    }

    private static String octets(Path path) {
        return new String(Octets.of(path), StandardCharsets.ISO_8859_1);
    }
}
