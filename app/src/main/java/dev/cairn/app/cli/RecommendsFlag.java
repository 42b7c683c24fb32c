// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether what packages recommend comes along. */
final class RecommendsFlag {
    @Option(
            names = {"--recommends", "--install-recommends"},
            negatable = true,
            descriptionKey = "recommends",
            order = 20)
    private @Nullable Boolean recommends;

    /** Empty where nothing is said. */
    Optional<Boolean> said() {
        return Optional.ofNullable(recommends);
    }
}
