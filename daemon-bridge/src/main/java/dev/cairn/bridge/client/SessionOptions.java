// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * How a connection is to work from now on (daemon, section 5).
 *
 * @param options of builds
 * @param settings of the session; only what differs from a store's defaults is sent, and a daemon heeds it only of
 *     clients that it trusts
 * @param verbosity up to which level the daemon tells what it does, in its own dialect's numbers
 * @param extra further settings, sent last
 */
record SessionOptions(BuildOptions options, StoreSettings settings, int verbosity, SequencedMap<String, String> extra) {
    /** From this version on, numbers of jobs and the like are settings rather than fields. */
    private static final int SETTINGS_FOR_LIMITS = 0x61;

    private static final int EXTENDED_TRACE = 0x62;
    private static final int MULTIPLEXED = 0x63;

    /** Texts with marks of nested activities, which only talkative daemons have; as Guix's own client asks for. */
    private static final int PRETTY = 0;

    Request<Boolean> request(Dialect dialect, ProtocolVersion version) {
        return new Request<>(Operation.SET_OPTIONS, out -> write(out, dialect, version), _ -> true);
    }

    private void write(WireWriter out, Dialect dialect, ProtocolVersion version) throws IOException {
        boolean limits = !version.atLeast(SETTINGS_FOR_LIMITS);
        boolean guix = dialect == Dialect.GUIX;
        out.writeBool(options.keepFailed());
        out.writeBool(options.keepGoing());
        out.writeBool(options.fallback());
        out.writeInt(verbosity);
        if (limits) {
            out.writeInt(options.maxJobs());
            out.writeInt(options.maxSilence().toSeconds());
        }
        out.writeBool(settings.offload());
        out.writeInt(0);
        out.writeInt(PRETTY);
        out.writeBool(guix);
        if (limits) {
            out.writeInt(options.cores());
        }
        out.writeBool(settings.substitutes());
        out.writePairs((guix ? guixSettings(version) : nixSettings()).entrySet());
    }

    private SequencedMap<String, String> guixSettings(ProtocolVersion version) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        if (version.atLeast(EXTENDED_TRACE)) {
            pairs.put("print-extended-build-trace", "1");
        }
        if (version.atLeast(MULTIPLEXED)) {
            pairs.put("multiplexed-build-output", "true");
        }
        pairs.put("build-timeout", Long.toString(options.timeout().toSeconds()));
        if (version.atLeast(SETTINGS_FOR_LIMITS)) {
            pairs.put("build-max-silent-time", Long.toString(options.maxSilence().toSeconds()));
            pairs.put("build-max-jobs", Integer.toString(options.maxJobs()));
            pairs.put("build-cores", Integer.toString(options.cores()));
        }
        if (!settings.substituteUrls().isEmpty()) {
            pairs.put("substitute-urls", String.join(" ", settings.substituteUrls()));
        }
        addDerivationUrls(pairs);
        if (options.rounds() > 1) {
            pairs.put("build-repeat", Integer.toString(options.rounds() - 1));
        }
        pairs.putAll(storeSettings());
        if (!options.sandbox()) {
            pairs.put("build-use-chroot", "false");
        }
        pairs.putAll(extra);
        return pairs;
    }

    /** Cairn's daemons alone know that; others pass over what they do not know. */
    private void addDerivationUrls(Map<String, String> pairs) {
        if (!settings.derivationSubstituteUrls().isEmpty()) {
            pairs.put("derivation-substitute-urls", String.join(" ", settings.derivationSubstituteUrls()));
        }
    }

    private SequencedMap<String, String> storeSettings() {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        differing(pairs, "build-users-group", other -> other.buildUsersGroup().orElse(""));
        differing(pairs, "build-cache-failure", StoreSettings::cacheFailures);
        differing(pairs, "build-extra-chroot-dirs", other -> String.join(" ", other.chrootDirectories()));
        differing(pairs, "auto-optimise-store", StoreSettings::deduplicate);
        differing(pairs, "build-keep-log", StoreSettings::keepLogs);
        differing(pairs, "build-max-log-size", StoreSettings::maxLogSize);
        differing(pairs, "gc-keep-derivations", StoreSettings::keepDerivations);
        differing(pairs, "gc-keep-outputs", StoreSettings::keepOutputs);
        differing(pairs, "build-impersonate-linux-26", StoreSettings::impersonateLinux26);
        differing(pairs, "system", StoreSettings::system);
        return pairs;
    }

    private SequencedMap<String, String> nixSettings() {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        pairs.put("timeout", Long.toString(options.timeout().toSeconds()));
        if (options.rounds() > 1) {
            pairs.put("repeat", Integer.toString(options.rounds() - 1));
        }
        if (!settings.substituteUrls().isEmpty()) {
            pairs.put("substituters", String.join(" ", settings.substituteUrls()));
        }
        addDerivationUrls(pairs);
        differing(pairs, "keep-derivations", StoreSettings::keepDerivations);
        differing(pairs, "keep-outputs", StoreSettings::keepOutputs);
        differing(pairs, "max-build-log-size", StoreSettings::maxLogSize);
        differing(pairs, "system", StoreSettings::system);
        if (!options.sandbox()) {
            pairs.put("sandbox", "false");
        }
        pairs.putAll(extra);
        return pairs;
    }

    private void differing(Map<String, String> pairs, String key, Function<StoreSettings, Object> value) {
        String mine = value.apply(settings).toString();
        if (!mine.equals(value.apply(StoreSettings.DEFAULT).toString())) {
            pairs.put(key, mine);
        }
    }
}
