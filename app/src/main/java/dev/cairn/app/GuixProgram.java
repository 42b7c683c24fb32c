// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.source.GuixRepl;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code guix repl} of this machine while it runs. */
final class GuixProgram implements GuixRepl.Program {
    private final Process process;

    private GuixProgram(Process process) {
        this.process = process;
    }

    /** The program {@code guix}, if it is on the user's {@code PATH}. */
    static Optional<Path> find(Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (folder.startsWith("/") && Files.isExecutable(Path.of(folder, "guix"))) {
                return Optional.of(Path.of(folder, "guix"));
            }
        }
        return Optional.empty();
    }

    static GuixProgram start(Path program) throws IOException {
        return new GuixProgram(new ProcessBuilder(program.toString(), "repl", "--type=machine")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    @Override
    public OutputStream questions() {
        return process.getOutputStream();
    }

    @Override
    public InputStream answers() {
        return process.getInputStream();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
