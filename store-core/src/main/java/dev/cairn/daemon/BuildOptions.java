// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.time.Duration;

/**
 * How builds of one request are run.
 *
 * @param mode what is asked: to build, to compare, to repair
 * @param maxJobs builds side by side; with 0 nothing is built that may be fetched or built elsewhere
 * @param cores what builders see as {@code NIX_BUILD_CORES}; 0 for all
 * @param rounds how often a derivation is built, at least 1; all rounds must give the same
 * @param keepFailed whether the build directory of a failed build stays
 * @param keepGoing whether a failure lets unrelated builds go on
 * @param fallback whether what cannot be fetched is built
 * @param maxSilence time without output after which a build is ended; zero for no limit
 * @param timeout time after which a build is ended; zero for no limit
 * @param sandbox whether builders are isolated; turning it off is always the user's explicit choice
 * @param pure whether derivations that see the host's {@code /usr} are refused
 */
public record BuildOptions(
        BuildMode mode,
        int maxJobs,
        int cores,
        int rounds,
        boolean keepFailed,
        boolean keepGoing,
        boolean fallback,
        Duration maxSilence,
        Duration timeout,
        boolean sandbox,
        boolean pure) {
    /** guix-daemon's defaults, with as many jobs as there are processors. */
    public static final BuildOptions DEFAULT = new Builder().build();

    public BuildOptions {
        if (maxJobs < 0 || cores < 0 || rounds < 1) {
            throw new IllegalArgumentException(
                    "numbers of jobs and cores are not negative, there is at least one round");
        }
    }

    /** These options, to be changed. */
    public Builder change() {
        Builder builder = new Builder();
        builder.mode = mode;
        builder.maxJobs = maxJobs;
        builder.cores = cores;
        builder.rounds = rounds;
        builder.keepFailed = keepFailed;
        builder.keepGoing = keepGoing;
        builder.fallback = fallback;
        builder.maxSilence = maxSilence;
        builder.timeout = timeout;
        builder.sandbox = sandbox;
        builder.pure = pure;
        return builder;
    }

    /** Options in the making. For one thread. */
    public static final class Builder {
        private BuildMode mode = BuildMode.NORMAL;
        private int maxJobs = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int cores;
        private int rounds = 1;
        private boolean keepFailed;
        private boolean keepGoing;
        private boolean fallback;
        private Duration maxSilence = Duration.ofHours(1);
        private Duration timeout = Duration.ofDays(1);
        private boolean sandbox = true;
        private boolean pure;

        private Builder() {}

        public Builder mode(BuildMode choice) {
            mode = choice;
            return this;
        }

        public Builder maxJobs(int number) {
            maxJobs = number;
            return this;
        }

        public Builder cores(int number) {
            cores = number;
            return this;
        }

        public Builder rounds(int number) {
            rounds = number;
            return this;
        }

        public Builder keepFailed(boolean choice) {
            keepFailed = choice;
            return this;
        }

        public Builder keepGoing(boolean choice) {
            keepGoing = choice;
            return this;
        }

        public Builder fallback(boolean choice) {
            fallback = choice;
            return this;
        }

        public Builder maxSilence(Duration limit) {
            maxSilence = limit;
            return this;
        }

        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        public Builder sandbox(boolean choice) {
            sandbox = choice;
            return this;
        }

        public Builder pure(boolean choice) {
            pure = choice;
            return this;
        }

        /** The options as they are now. */
        public BuildOptions build() {
            return new BuildOptions(
                    mode, maxJobs, cores, rounds, keepFailed, keepGoing, fallback, maxSilence, timeout, sandbox, pure);
        }
    }
}
