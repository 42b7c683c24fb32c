// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.daemon.DaemonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Starts builders that see all of the machine, each in a session of its own (daemon, section 8.1, regime A). */
public final class OpenBuilders {
    private OpenBuilders() {}

    /**
     * Starts a builder. Strings are octet strings.
     *
     * @param folder where it starts
     * @param user who it runs as; empty for this process's own user
     */
    public static StartedBuilder start(
            String program,
            List<String> arguments,
            SortedMap<String, String> environment,
            Path folder,
            Platform platform,
            Optional<BuildUser> user)
            throws DaemonException, IOException {
        Instructions instructions = new Instructions().add("expendable");
        Programs.become(
                instructions, program, arguments, environment, platform, user, Instructions.name(folder));
        return SpawnedBuilder.startReady(0, instructions);
    }
}
