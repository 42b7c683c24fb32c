// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.time.Duration;

/**
 * How builds are run.
 *
 * @param maxJobs builds side by side, at least 1
 * @param cores what builders see as {@code NIX_BUILD_CORES}; 0 for all
 * @param keepFailed whether the build directory of a failed build stays
 * @param keepGoing whether a failure lets unrelated builds go on
 * @param maxSilence time without output after which a build is ended; zero for no limit
 * @param timeout time after which a build is ended; zero for no limit
 * @param sandbox whether builders are isolated; turning it off is always the user's explicit choice
 * @param pure whether derivations that see the host's {@code /usr} are refused
 */
public record BuildOptions(
        int maxJobs,
        int cores,
        boolean keepFailed,
        boolean keepGoing,
        Duration maxSilence,
        Duration timeout,
        boolean sandbox,
        boolean pure) {
    /** guix-daemon's defaults, with as many jobs as there are processors. */
    public static final BuildOptions DEFAULT = new BuildOptions(
            Math.max(1, Runtime.getRuntime().availableProcessors()),
            0,
            false,
            false,
            Duration.ofHours(1),
            Duration.ofDays(1),
            true,
            false);

    /** These options with another answer to whether impure builds are refused. */
    public BuildOptions withPure(boolean newPure) {
        return new BuildOptions(maxJobs, cores, keepFailed, keepGoing, maxSilence, timeout, sandbox, newPure);
    }

    /** These options with builders isolated or, by the explicit choice of the user, not. */
    public BuildOptions withSandbox(boolean newSandbox) {
        return new BuildOptions(maxJobs, cores, keepFailed, keepGoing, maxSilence, timeout, newSandbox, pure);
    }

    /** These options with another number of builds side by side, at least 1. */
    public BuildOptions withMaxJobs(int newMaxJobs) {
        return new BuildOptions(newMaxJobs, cores, keepFailed, keepGoing, maxSilence, timeout, sandbox, pure);
    }

    /** These options with another answer to whether the directory of a failed build stays. */
    public BuildOptions withKeepFailed(boolean newKeepFailed) {
        return new BuildOptions(maxJobs, cores, newKeepFailed, keepGoing, maxSilence, timeout, sandbox, pure);
    }

    /** These options with another answer to whether unrelated builds go on after a failure. */
    public BuildOptions withKeepGoing(boolean newKeepGoing) {
        return new BuildOptions(maxJobs, cores, keepFailed, newKeepGoing, maxSilence, timeout, sandbox, pure);
    }
}
