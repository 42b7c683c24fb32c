// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What can be seen on the machine of builders that run, told from those of other runs of the tests. */
final class RunningBuilders {
    private static final long OWN = ProcessHandle.current().pid();

    private RunningBuilders() {}

    /** A name of a derivation that no other run of the tests has at the same time. */
    static String own(String name) {
        return name + "-" + OWN;
    }

    /** A command that no other run of the tests has at the same time. */
    static String nap(int seconds) {
        return "sleep " + seconds + "." + OWN;
    }

    /** The folders that derivations of a name are built in, and those that were kept. */
    static List<Path> folders(String name) throws IOException {
        Path parent = Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
        List<Path> folders = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(parent, "guix-build-" + name + ".drv-*")) {
            entries.forEach(folders::add);
        }
        return folders;
    }

    /** A command of a script that waits for {@link #release}. */
    static String waiting() {
        return "while [ ! -e stop ]; do sleep 0.05; done";
    }

    /** Lets the builders of a name that wait go on; those that do not work yet go on waiting. */
    static void release(String name) throws IOException {
        for (Path folder : folders(name)) {
            if (Files.isDirectory(folder.resolve("top"))) {
                Files.writeString(folder.resolve("top/stop"), "");
            }
        }
    }

    /** How many processes run a command. */
    static long processes(String command) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith(command))
                .count();
    }

    /** What was killed may take a moment to be gone. */
    static void assertEnds(String command) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (processes(command) > 0 && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(processes(command)).isZero();
    }
}
