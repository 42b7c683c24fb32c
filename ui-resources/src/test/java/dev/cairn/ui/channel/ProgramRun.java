// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of running a program with nothing to read.
 *
 * @param code the exit code
 * @param output standard output and standard error, one after the other as they came
 */
record ProgramRun(int code, String output) {
    static ProgramRun of(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ProgramRun(process.waitFor(), output);
    }
}
