// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireException;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The named settings that a client has made on its connection (daemon, section 5): those that the daemon knows, which
 * must have the right form, and others, which are kept for whoever asks. What a client may not set has
 * {@code untrusted-} put before its name, under which only few things look.
 */
final class ClientSettings {
    private static final String UNTRUSTED = "untrusted-";

    private static final Set<String> OPEN_TO_ALL = Set.of(
            "build-timeout",
            "build-max-silent-time",
            "build-max-jobs",
            "build-cores",
            "build-repeat",
            "multiplexed-build-output",
            "user-name");

    /** Seconds; as many as guix-daemon can count. */
    private static final long LONGEST = 0xffff_ffffL;

    /** Of those that are known but mean nothing here, their form; a wrong one is refused all the same. */
    private static final Map<String, Form> WITHOUT_EFFECT = new HashMap<>();

    private enum Form {
        NUMBER,
        SWITCH
    }

    static {
        for (String name : List.of("gc-reserved-space", "build-poll-interval")) {
            WITHOUT_EFFECT.put(name, Form.NUMBER);
        }
        for (String name : List.of(
                "fsync-metadata",
                "use-sqlite-wal",
                "sync-before-registering",
                "gc-check-reachability",
                "env-keep-derivations")) {
            WITHOUT_EFFECT.put(name, Form.SWITCH);
        }
    }

    private final boolean trusted;
    private final SortedMap<String, String> values = new TreeMap<>();

    ClientSettings(boolean trusted) {
        this.trusted = trusted;
    }

    /** Adds to the settings what a client sends. */
    void put(Map<String, String> sent) {
        sent.forEach((name, value) ->
                values.put(trusted || OPEN_TO_ALL.contains(name) ? name : UNTRUSTED + name, value));
    }

    /** The name that a client which nobody vouches for gives itself. */
    Optional<String> userName() {
        return Optional.ofNullable(values.get("user-name"));
    }

    /** Whether what builders write says which of them wrote it. */
    boolean multiplexed(boolean otherwise) throws WireException {
        return choice("multiplexed-build-output", otherwise);
    }

    /** Where substitutes would come from, as far as the client has a wish. */
    Optional<List<String>> substituteUrls() {
        return urls("substitute-urls");
    }

    /**
     * Addresses, those of one who is not trusted first: these are of the web alone, as files are read as the daemon.
     */
    private Optional<List<String>> urls(String name) {
        Optional<List<String>> untrusted = Optional.ofNullable(values.get(UNTRUSTED + name))
                .map(text -> words(text).stream().filter(url -> url.startsWith("http")).toList());
        return untrusted.or(() -> Optional.ofNullable(values.get(name)).map(ClientSettings::words));
    }

    /**
     * How the client's requests are built.
     *
     * @param given what the daemon does otherwise, with what stands in the fixed part of the client's options
     */
    BuildOptions builds(BuildOptions given) throws WireException {
        BuildOptions.Builder builds = given.change();
        builds.fallback(choice("build-fallback", given.fallback()));
        builds.maxJobs(small("build-max-jobs", given.maxJobs()));
        builds.cores(small("build-cores", given.cores()));
        builds.sandbox(choice("build-use-chroot", given.sandbox()));
        builds.maxSilence(seconds("build-max-silent-time", given.maxSilence()));
        builds.timeout(seconds("build-timeout", given.timeout()));
        long rounds = number("build-repeat", given.rounds() - 1L) + 1;
        builds.rounds((int) Math.min(rounds, Integer.MAX_VALUE));
        return builds.build();
    }

    /** What the client's session does otherwise than the store's defaults. */
    StoreSettings settings(StoreSettings given) throws WireException {
        StoreSettings.Builder settings = given.change();
        settings.system(values.getOrDefault("system", given.system()));
        settings.substitutes(choice("build-use-substitutes", given.substitutes()));
        settings.impersonateLinux26(choice("build-impersonate-linux-26", given.impersonateLinux26()));
        settings.keepLogs(choice("build-keep-log", given.keepLogs()));
        settings.maxLogSize(number("build-max-log-size", given.maxLogSize()));
        settings.cacheFailures(choice("build-cache-failure", given.cacheFailures()));
        settings.keepOutputs(choice("gc-keep-outputs", given.keepOutputs()));
        settings.keepDerivations(choice("gc-keep-derivations", given.keepDerivations()));
        settings.deduplicate(choice("auto-optimise-store", given.deduplicate()));
        String group = values.get("build-users-group");
        if (group != null) {
            settings.buildUsersGroup(group.isEmpty() ? Optional.empty() : Optional.of(group));
        }
        settings.chrootDirectories(chrootDirectories(given));
        substituteUrls().ifPresent(settings::substituteUrls);
        urls("derivation-substitute-urls").ifPresent(settings::derivationSubstituteUrls);
        for (Map.Entry<String, Form> known : WITHOUT_EFFECT.entrySet()) {
            switch (known.getValue()) {
                case NUMBER -> number(known.getKey(), 0);
                case SWITCH -> choice(known.getKey(), false);
            }
        }
        return settings.build();
    }

    private List<String> chrootDirectories(StoreSettings given) {
        String instead = values.get("build-chroot-dirs");
        List<String> directories = new ArrayList<>(instead == null ? given.chrootDirectories() : words(instead));
        directories.addAll(words(values.getOrDefault("build-extra-chroot-dirs", "")));
        return directories;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private boolean choice(String name, boolean otherwise) throws WireException {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new WireException(
                        "configuration option `" + name + "' should be either `true' or `false', not `" + value + "'");
        };
    }

    private Duration seconds(String name, Duration otherwise) throws WireException {
        return Duration.ofSeconds(Math.min(number(name, otherwise.toSeconds()), LONGEST));
    }

    private int small(String name, int otherwise) throws WireException {
        return (int) Math.min(number(name, otherwise), Integer.MAX_VALUE);
    }

    private long number(String name, long otherwise) throws WireException {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new WireException("configuration setting `" + name + "' should have an integer value");
        }
        return Long.parseLong(value);
    }
}
