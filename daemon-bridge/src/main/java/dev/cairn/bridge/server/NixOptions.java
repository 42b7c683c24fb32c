// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a client of Nix's dialect asks for with set-options. Settings have the names that stand in {@code nix.conf},
 * older ones included; those unknown here are passed over, as Nix's clients send all they have, and values that make no
 * sense are told and passed over.
 */
final class NixOptions {
    /** Levels of Nix between errors and what guix-daemon calls info. */
    private static final int LEVELS_BETWEEN = 2;

    private final ServerSetup setup;
    private final Peer peer;
    private final OptionsRequest request;
    private final EventSink events;
    private final Map<String, String> values = new TreeMap<>();

    NixOptions(ServerSetup setup, Peer peer, OptionsRequest request, EventSink events) {
        this.setup = setup;
        this.peer = peer;
        this.request = request;
        this.events = events;
        values.putAll(request.settings());
    }

    /** What holds from now on. */
    SessionOptions apply() {
        return new SessionOptions(log(), builds(), settings());
    }

    private LogOptions log() {
        int verbosity = Math.clamp(request.verbosity() - LEVELS_BETWEEN, 0, Event.Verbosity.VOMIT.ordinal());
        return new LogOptions(verbosity, small(request.buildVerbosity()), false, false, false);
    }

    private BuildOptions builds() {
        BuildOptions given = setup.builds();
        BuildOptions.Builder builds = given.change()
                .keepFailed(request.keepFailed() && !peer.remote())
                .keepGoing(request.keepGoing())
                .fallback(request.fallback());
        builds.maxJobs(small(request.maxJobs().orElse(given.maxJobs())));
        builds.cores(small(request.cores().orElse(given.cores())));
        builds.maxSilence(seconds("max-silent-time", request.maxSilence()).orElse(given.maxSilence()));
        builds.timeout(seconds("timeout", OptionalLong.empty()).orElse(given.timeout()));
        builds.rounds(small(number("repeat").orElse(given.rounds() - 1L) + 1));
        if (peer.trusted()) {
            Optional<String> sandbox = value("sandbox", "build-use-sandbox", "build-use-chroot");
            // Relaxed lets single derivations out; nothing here does.
            builds.sandbox(sandbox.filter("relaxed"::equals).isPresent()
                    || choice("sandbox", "build-use-sandbox", "build-use-chroot").orElse(given.sandbox()));
        }
        return builds.build();
    }

    private StoreSettings settings() {
        StoreSettings given = setup.settings();
        StoreSettings.Builder settings = given.change();
        settings.substitutes(given.substitutes() && request.substitutes());
        if (!peer.trusted()) {
            return settings.build();
        }
        value("system").ifPresent(settings::system);
        choice("keep-outputs", "gc-keep-outputs").ifPresent(settings::keepOutputs);
        choice("keep-derivations", "gc-keep-derivations").ifPresent(settings::keepDerivations);
        choice("auto-optimise-store").ifPresent(settings::deduplicate);
        choice("keep-build-log", "build-keep-log").ifPresent(settings::keepLogs);
        choice("compress-build-log", "build-compress-log")
                .ifPresent(compress -> settings.logCompression(
                        compress ? StoreSettings.LogCompression.BZIP2 : StoreSettings.LogCompression.NONE));
        choice("impersonate-linux-26", "build-impersonate-linux-26").ifPresent(settings::impersonateLinux26);
        number("max-build-log-size", "build-max-log-size").ifPresent(settings::maxLogSize);
        value("build-users-group")
                .ifPresent(group -> settings.buildUsersGroup(
                        group.isEmpty() ? Optional.empty() : Optional.of(group)));
        value("substituters", "binary-caches").ifPresent(urls -> settings.substituteUrls(words(urls)));
        value("extra-substituters", "extra-binary-caches").ifPresent(urls -> {
            List<String> all = new ArrayList<>(settings.build().substituteUrls());
            all.addAll(words(urls));
            settings.substituteUrls(all);
        });
        value("derivation-substitute-urls").ifPresent(urls -> settings.derivationSubstituteUrls(words(urls)));
        settings.chrootDirectories(directories(given));
        return settings.build();
    }

    private List<String> directories(StoreSettings given) {
        List<String> directories = new ArrayList<>(
                value("sandbox-paths", "build-sandbox-paths", "build-chroot-dirs")
                        .map(NixOptions::words)
                        .orElse(given.chrootDirectories()));
        value("extra-sandbox-paths", "build-extra-sandbox-paths", "build-extra-chroot-dirs")
                .ifPresent(more -> directories.addAll(words(more)));
        return directories;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private Optional<String> value(String... names) {
        for (String name : names) {
            if (values.containsKey(name)) {
                return Optional.of(values.get(name));
            }
        }
        return Optional.empty();
    }

    private Optional<Boolean> choice(String... names) {
        Optional<String> value = value(names);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case "true", "yes", "1" -> Optional.of(true);
            case "false", "no", "0" -> Optional.of(false);
            default -> {
                warn("Boolean setting '" + names[0] + "' has invalid value '" + value.get() + "'");
                yield Optional.empty();
            }
        };
    }

    private Optional<Long> number(String... names) {
        String[] all = new String[2 * names.length];
        for (int i = 0; i < names.length; i++) {
            all[2 * i] = names[i];
            all[2 * i + 1] = "build-" + names[i];
        }
        Optional<String> value = value(all);
        if (value.isPresent() && !value.get().matches("[0-9]{1,18}")) {
            warn("setting '" + names[0] + "' has invalid value '" + value.get() + "'");
            return Optional.empty();
        }
        return value.map(Long::parseLong);
    }

    private Optional<Duration> seconds(String name, OptionalLong fixed) {
        return number(name)
                .or(() -> fixed.isPresent() ? Optional.of(fixed.getAsLong()) : Optional.empty())
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)));
    }

    private static int small(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private void warn(String text) {
        events.accept(new Event.Message(0, Event.Verbosity.ERROR, "warning: " + text));
    }
}
