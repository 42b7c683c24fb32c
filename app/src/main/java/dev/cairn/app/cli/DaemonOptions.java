// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.StoreSettings.LogCompression;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.layout.StoreLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of guix-daemon, with its defaults (daemon, section 15), and a few of Cairn's own. */
final class DaemonOptions {
    /** What {@code --option=yes} and {@code --option=no} say. */
    private enum Answer {
        YES,
        NO
    }

    @Option(names = "--listen", paramLabel = "SOCKET", descriptionKey = "daemon-listen", order = 10)
    private List<String> listen = new ArrayList<>();

    @Option(names = "--dialect", paramLabel = "DIALECT", descriptionKey = "daemon-dialect", order = 11)
    private String dialect = "guix";

    @Option(names = "--build-users-group", paramLabel = "GROUP", descriptionKey = "daemon-group", order = 12)
    private String buildUsersGroup = "";

    @Option(
            names = {"-M", "--max-jobs"},
            paramLabel = "N",
            descriptionKey = "daemon-max-jobs",
            order = 13)
    private int maxJobs = 1;

    @Option(
            names = {"-c", "--cores"},
            paramLabel = "N",
            descriptionKey = "cores",
            order = 14)
    private int cores;

    @Option(names = "--rounds", paramLabel = "N", descriptionKey = "daemon-rounds", order = 15)
    private int rounds = 1;

    @Option(names = "--max-silent-time", paramLabel = "SECONDS", descriptionKey = "daemon-silence", order = 16)
    private int maxSilentTime = 3600;

    @Option(names = "--timeout", paramLabel = "SECONDS", descriptionKey = "daemon-timeout", order = 17)
    private int timeout = 86_400;

    @Option(names = "--cache-failures", descriptionKey = "daemon-cache-failures", order = 18)
    private boolean cacheFailures;

    @Option(names = "--chroot-directory", paramLabel = "DIR", descriptionKey = "daemon-chroot-directory", order = 19)
    private List<String> chrootDirectories = new ArrayList<>();

    @Option(names = "--disable-chroot", descriptionKey = "daemon-disable-chroot", order = 20)
    private boolean disableChroot;

    @Option(
            names = {"--disable-deduplication", "--disable-store-optimization"},
            descriptionKey = "daemon-disable-deduplication",
            order = 21)
    private boolean disableDeduplication;

    @Option(names = "--log-compression", paramLabel = "TYPE", descriptionKey = "daemon-log-compression", order = 22)
    private String logCompression = "";

    @Option(names = "--disable-log-compression", hidden = true)
    private boolean disableLogCompression;

    @Option(names = "--lose-logs", descriptionKey = "daemon-lose-logs", order = 23)
    private boolean loseLogs;

    @Option(
            names = "--gc-keep-derivations",
            arity = "0..1",
            fallbackValue = "yes",
            paramLabel = "yes|no",
            descriptionKey = "daemon-keep-derivations",
            order = 24)
    private String keepDerivations = "yes";

    @Option(
            names = "--gc-keep-outputs",
            arity = "0..1",
            fallbackValue = "yes",
            paramLabel = "yes|no",
            descriptionKey = "daemon-keep-outputs",
            order = 25)
    private String keepOutputs = "no";

    @Option(names = "--impersonate-linux-2.6", descriptionKey = "daemon-impersonate", order = 26)
    private boolean impersonateLinux26;

    @Option(names = "--isolate-host-loopback", descriptionKey = "daemon-loopback", order = 27)
    private boolean isolateHostLoopback;

    @Option(names = "--no-substitutes", descriptionKey = "daemon-no-substitutes", order = 28)
    private boolean noSubstitutes;

    @Option(names = "--substitute-urls", paramLabel = "URLS", descriptionKey = "daemon-substitute-urls", order = 29)
    private @Nullable String substituteUrls;

    @Option(
            names = "--derivation-substitute-urls",
            paramLabel = "URLS",
            descriptionKey = "daemon-derivation-substitute-urls",
            order = 29)
    private @Nullable String derivationSubstituteUrls;

    @Option(names = "--system", paramLabel = "SYSTEM", descriptionKey = "daemon-system", order = 30)
    private @Nullable String system;

    @Option(
            names = {"--no-offload", "--no-build-hook"},
            descriptionKey = "daemon-no-offload",
            order = 31)
    private boolean noOffload;

    @Option(
            names = "--discover",
            arity = "0..1",
            fallbackValue = "yes",
            paramLabel = "yes|no",
            descriptionKey = "daemon-discover",
            order = 32)
    private String discover = "no";

    @Option(names = "--debug", descriptionKey = "daemon-debug", order = 33)
    private boolean debug;

    /** Where to listen, as given; empty for the default. */
    List<String> addresses() {
        return List.copyOf(listen);
    }

    Dialect dialect() throws UsageException {
        return dialect(dialect);
    }

    /** What {@code --dialect} names. */
    static Dialect dialect(String name) throws UsageException {
        return switch (name) {
            case "guix" -> Dialect.GUIX;
            case "nix" -> Dialect.NIX;
            default -> throw new UsageException(Texts.text("error.daemon-dialect", name));
        };
    }

    /** Whether something was asked for that Cairn has no counterpart of. */
    boolean wantsDiscovery() throws UsageException {
        return answer("--discover", discover);
    }

    Event.Verbosity verbosity() {
        return debug ? Event.Verbosity.DEBUG : Event.Verbosity.INFO;
    }

    BuildOptions builds() throws UsageException {
        if (maxJobs < 0 || cores < 0 || rounds < 1 || maxSilentTime < 0 || timeout < 0) {
            throw new UsageException(Texts.text("error.daemon-number"));
        }
        return BuildOptions.DEFAULT
                .change()
                .maxJobs(maxJobs)
                .cores(cores)
                .rounds(rounds)
                .maxSilence(Duration.ofSeconds(maxSilentTime))
                .timeout(Duration.ofSeconds(timeout))
                .sandbox(!disableChroot)
                .build();
    }

    /** @param layout of the store, beside whose keys servers of substitutes may be named */
    StoreSettings settings(StoreLayout layout) throws CairnException {
        StoreSettings.Builder settings = new SubstituteUrls(layout)
                .addTo(StoreSettings.DEFAULT.change())
                .buildUsersGroup(buildUsersGroup.isBlank() ? Optional.empty() : Optional.of(buildUsersGroup))
                .cacheFailures(cacheFailures)
                .chrootDirectories(chrootDirectories)
                .deduplicate(!disableDeduplication)
                .logCompression(compression())
                .keepLogs(!loseLogs)
                .keepDerivations(answer("--gc-keep-derivations", keepDerivations))
                .keepOutputs(answer("--gc-keep-outputs", keepOutputs))
                .impersonateLinux26(impersonateLinux26)
                .isolateHostLoopback(isolateHostLoopback)
                .offload(!noOffload)
                .substitutes(!noSubstitutes);
        if (substituteUrls != null) {
            settings.substituteUrls(SubstituteUrls.parse(substituteUrls));
        }
        if (derivationSubstituteUrls != null) {
            settings.derivationSubstituteUrls(SubstituteUrls.parse(derivationSubstituteUrls));
        }
        if (system != null) {
            settings.system(system);
        }
        return settings.build();
    }

    private LogCompression compression() throws UsageException {
        if (disableLogCompression) {
            return LogCompression.NONE;
        }
        return switch (logCompression) {
            // What each kind of clients looks for.
            case "" -> dialect() == Dialect.NIX ? LogCompression.BZIP2 : LogCompression.GZIP;
            case "none" -> LogCompression.NONE;
            case "gzip" -> LogCompression.GZIP;
            case "bzip2" -> LogCompression.BZIP2;
            default -> throw new UsageException(Texts.text("error.daemon-compression", logCompression));
        };
    }

    private static boolean answer(String option, String given) throws UsageException {
        try {
            return Answer.valueOf(given.toUpperCase(Locale.ROOT)) == Answer.YES;
        } catch (IllegalArgumentException _) {
            throw new UsageException(Texts.text("error.daemon-answer", option, given));
        }
    }
}
