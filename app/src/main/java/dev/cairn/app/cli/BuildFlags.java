// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.BuildOptions;
import picocli.CommandLine.Option;

/** The options of commands that may build. */
final class BuildFlags {
    @Option(
            names = {"-M", "--max-jobs"},
            paramLabel = "N",
            descriptionKey = "max-jobs",
            order = 60)
    private int maxJobs = BuildOptions.DEFAULT.maxJobs();

    @Option(
            names = {"-c", "--cores"},
            paramLabel = "N",
            descriptionKey = "cores",
            order = 61)
    private int cores;

    @Option(
            names = {"-K", "--keep-failed"},
            descriptionKey = "keep-failed",
            order = 62)
    private boolean keepFailed;

    @Option(
            names = {"-k", "--keep-going"},
            descriptionKey = "keep-going",
            order = 63)
    private boolean keepGoing;

    @Option(names = "--pure", descriptionKey = "pure", order = 64)
    private boolean pure;

    @Option(names = "--no-sandbox", descriptionKey = "no-sandbox", order = 65)
    private boolean noSandbox;

    BuildOptions options() throws UsageException {
        if (maxJobs < 1) {
            throw new UsageException(Texts.text("error.max-jobs", maxJobs));
        }
        if (cores < 0) {
            throw new UsageException(Texts.text("error.cores", cores));
        }
        return BuildOptions.DEFAULT
                .change()
                .maxJobs(maxJobs)
                .cores(cores)
                .keepFailed(keepFailed)
                .keepGoing(keepGoing)
                .sandbox(!noSandbox)
                .pure(pure)
                .build();
    }
}
