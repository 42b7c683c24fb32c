// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a started process becomes a builder (daemon, section 8.4). */
final class Programs {
    private Programs() {}

    /** Adds the last instructions. @param folder where it starts, as it sees it */
    static void become(Instructions to, Confinement builder, String folder) {
        become(
                to,
                builder.builder(),
                builder.arguments(),
                builder.environment(),
                builder.platform(),
                builder.user(),
                folder);
    }

    /** Adds the last instructions. */
    static void become(
            Instructions to,
            String program,
            List<String> arguments,
            SortedMap<String, String> environment,
            Platform platform,
            Optional<BuildUser> user,
            String folder) {
        to.add("personality").add(platform.personality()).add("chdir", folder);
        user.ifPresent(build -> to.add("user", Stream.concat(
                        Stream.of(build.uid(), build.gid()), build.groups().stream())
                .map(number -> Integer.toString(number))
                .collect(Collectors.joining(","))));
        to.add("exec", program, platform.refusal()).add(platform.elsewhere() ? "1" : "");
        to.add(1 + arguments.size()).add(program.substring(program.lastIndexOf('/') + 1));
        arguments.forEach(to::add);
        environment.forEach(to::add);
    }
}
