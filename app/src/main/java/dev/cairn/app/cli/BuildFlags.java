// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--substitute-urls", paramLabel = "URLS", descriptionKey = "substitute-urls", order = 66)
    private @Nullable String substituteUrls;

    @Option(
            names = "--derivation-substitute-urls",
            paramLabel = "URLS",
            descriptionKey = "derivation-substitute-urls",
            order = 67)
    private @Nullable String derivationSubstituteUrls;

    @Option(names = "--no-substitutes", descriptionKey = "no-substitutes", order = 68)
    private boolean noSubstitutes;

    @Option(names = "--fallback", descriptionKey = "fallback", order = 69)
    private boolean fallback;

    /** Has the store fetch from where it is said here, as far as something is said. */
    void configure(Daemon daemon) throws CairnException {
        StoreSettings.Builder settings = daemon.settings().change();
        if (substituteUrls != null) {
            settings.substituteUrls(SubstituteUrls.parse(substituteUrls));
        }
        if (derivationSubstituteUrls != null) {
            settings.derivationSubstituteUrls(SubstituteUrls.parse(derivationSubstituteUrls));
        }
        if (noSubstitutes) {
            settings.substitutes(false);
        }
        StoreSettings wanted = settings.build();
        if (!wanted.equals(daemon.settings())) {
            daemon.configure(wanted);
        }
    }

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
                .fallback(fallback)
                .sandbox(!noSandbox)
                .pure(pure)
                .build();
    }
}
