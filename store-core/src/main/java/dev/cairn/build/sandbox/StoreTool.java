// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.encoding.ShellWord;
import dev.cairn.fs.Octets;
import dev.cairn.layout.StoreLayout;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the store by bubblewrap: with the store at its logical place, read-only, one folder that they may
 * write to as {@code /out}, and nothing of the machine's own; without network. Names, users, times and environment are
 * the same on every machine.
 */
public final class StoreTool {
    private static final int MAX_LOG = 64 * 1024;

    /** Seconds after which a program has failed. */
    private static final int TIMEOUT = 300;

    /**
     * Who a program is. A {@code mandb} that was built to work for a user of its own looks for that user, {@code man} as
     * a rule, and ends where there is none; one that is that user already does its work.
     */
    private static final String USERS = """
            man:x:%d:%d:Nobody:/nonexistent:/nonexistent
            nobody:x:65534:65534:Nobody:/nonexistent:/nonexistent
            """.formatted(Bubblewrap.USER, Bubblewrap.GROUP);

    private static final String GROUPS = """
            man:x:%d:
            nogroup:x:65534:
            """.formatted(Bubblewrap.GROUP);

    private final Bubblewrap bubblewrap;
    private final StoreLayout layout;
    private final Path temporary;

    /**
     * How a program ended.
     *
     * @param exitCode 0 for success
     * @param log at most 64 KiB of what it said on standard error
     */
    public record Ending(int exitCode, String log) {}

    /** @param temporary a folder for files of this class */
    public StoreTool(Bubblewrap bubblewrap, StoreLayout layout, Path temporary) {
        this.bubblewrap = bubblewrap;
        this.layout = layout;
        this.temporary = temporary;
    }

    /**
     * Runs a program and waits for its end. The calling thread must be a platform thread, as with {@link
     * Bubblewrap#start}.
     *
     * @param command the program by its logical name, and its arguments
     * @param folder what it sees as {@code /out}
     * @param output where its standard output goes
     * @throws InterruptedIOException when the thread is interrupted; nothing runs any more then
     */
    public Ending run(List<String> command, Path folder, Path output) throws IOException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("bubblewrap must be started by a platform thread");
        }
        Path own = Files.createTempDirectory(temporary, "tool-");
        Path script = own.resolve("start");
        Path log = own.resolve("log");
        Files.writeString(own.resolve("passwd"), USERS);
        Files.writeString(own.resolve("group"), GROUPS);
        Files.write(script, script(command, folder, own).getBytes(StandardCharsets.ISO_8859_1));
        ProcessBuilder process = new ProcessBuilder("/bin/sh", script.toString())
                .redirectError(log.toFile())
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        process.environment().clear();
        process.environment().put("PATH", "/usr/bin:/bin");
        int code = await(process.start());
        try (InputStream in = Files.newInputStream(log)) {
            return new Ending(code, new String(in.readNBytes(MAX_LOG), StandardCharsets.UTF_8).strip());
        }
    }

    private String script(List<String> command, Path folder, Path own) {
        List<String> words = new ArrayList<>(List.of(
                octets(bubblewrap.program()), "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
                "--unshare-net", "--unshare-cgroup-try", "--uid", String.valueOf(Bubblewrap.USER),
                "--gid", String.valueOf(Bubblewrap.GROUP), "--hostname", "localhost", "--cap-drop", "ALL",
                "--die-with-parent", "--new-session", "--as-pid-1", "--proc", "/proc", "--dev", "/dev",
                "--tmpfs", "/tmp",
                "--ro-bind", octets(layout.physicalStore()), layout.storeDirectory().path(),
                "--bind", octets(folder), "/out",
                "--ro-bind", octets(own.resolve("passwd")), "/etc/passwd",
                "--ro-bind", octets(own.resolve("group")), "/etc/group",
                "--remount-ro", "/", "--chdir", "/out", "--clearenv"));
        List<String> variables = List.of(
                "HOME", "/nonexistent", "LC_ALL", "C", "TZ", "UTC", "SOURCE_DATE_EPOCH", "1",
                "PKGSYSTEM_ENABLE_FSYNC", "0");
        for (int i = 0; i < variables.size(); i += 2) {
            words.addAll(List.of("--setenv", variables.get(i), variables.get(i + 1)));
        }
        words.add("--");
        words.addAll(command);
        StringBuilder text = new StringBuilder("umask 022\nexec");
        words.forEach(word -> text.append(' ').append(ShellWord.quote(word)));
        return text.append('\n').toString();
    }

    private static int await(Process process) throws InterruptedIOException {
        try {
            if (process.waitFor(TIMEOUT, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            end(process);
            return 124;
        } catch (InterruptedException _) {
            end(process);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a tool runs");
        }
    }

    /** Waits for its end even when the thread is interrupted: its files are about to be deleted. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                process.waitFor();
                ended = true;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String octets(Path path) {
        return new String(Octets.of(path), StandardCharsets.ISO_8859_1);
    }
}
