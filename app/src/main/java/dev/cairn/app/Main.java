// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.cli.CommandLineProgram;
import java.util.Map;

/** Where every start of Cairn begins: without arguments the window, else the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Logs.toFolder(Folders.of(environment).state());
        Installation.here().useNativeLibraries();
        System.exit(runCommand(environment, arguments));
    }

    private static int runCommand(Map<String, String> environment, String... arguments) {
        try (Interruption _ = Interruption.ofThisThread()) {
            return CommandLineProgram.onStandardStreams(environment).run(arguments);
        }
    }
}
