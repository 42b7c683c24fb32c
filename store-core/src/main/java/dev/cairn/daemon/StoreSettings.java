// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.util.List;
import java.util.Optional;

/**
 * How a store does its work, as far as that is not a matter of one request: guix-daemon's options (daemon, section 15),
 * which a trusted client may set for its own session (section 5).
 *
 * @param buildUsersGroup the group whose members run builders, one each; empty to run them as the daemon itself, in a
 *     user namespace
 * @param cacheFailures whether builds that failed for good are remembered, and refused when asked for again
 * @param chrootDirectories what builders see beside their inputs, each {@code DIR} or {@code INSIDE=OUTSIDE}
 * @param deduplicate whether equal files share their blocks as items are added
 * @param logCompression how logs of builds are kept
 * @param keepLogs whether logs of builds are kept at all
 * @param maxLogSize octets of output after which a build is ended; 0 for no limit
 * @param keepDerivations whether a live output keeps its derivation from being collected
 * @param keepOutputs whether a live derivation keeps its valid outputs from being collected
 * @param impersonateLinux26 whether builders for x86 are told of an old kernel
 * @param isolateHostLoopback whether builders of fixed outputs are kept from the host's loopback
 * @param offload whether builds may be given to other machines
 * @param substitutes whether items may be fetched rather than built
 * @param substituteUrls where from, the first asked first: addresses that begin with {@code http://},
 *     {@code https://} or {@code file:}
 * @param derivationSubstituteUrls where derivations that are missing, and what these need, are looked for before
 *     {@code substituteUrls} are asked
 * @param system the system type that this machine builds for, such as {@code x86_64-linux}
 */
public record StoreSettings(
        Optional<String> buildUsersGroup,
        boolean cacheFailures,
        List<String> chrootDirectories,
        boolean deduplicate,
        LogCompression logCompression,
        boolean keepLogs,
        long maxLogSize,
        boolean keepDerivations,
        boolean keepOutputs,
        boolean impersonateLinux26,
        boolean isolateHostLoopback,
        boolean offload,
        boolean substitutes,
        List<String> substituteUrls,
        List<String> derivationSubstituteUrls,
        String system) {
    /** What becomes of the log of a build. */
    public enum LogCompression {
        NONE,
        GZIP,
        BZIP2
    }

    /** guix-daemon's defaults, without servers of substitutes. */
    public static final StoreSettings DEFAULT = new Builder().build();

    public StoreSettings {
        chrootDirectories = List.copyOf(chrootDirectories);
        substituteUrls = List.copyOf(substituteUrls);
        derivationSubstituteUrls = List.copyOf(derivationSubstituteUrls);
    }

    /** These settings, to be changed. */
    public Builder change() {
        Builder builder = new Builder();
        builder.buildUsersGroup = buildUsersGroup;
        builder.cacheFailures = cacheFailures;
        builder.chrootDirectories = chrootDirectories;
        builder.deduplicate = deduplicate;
        builder.logCompression = logCompression;
        builder.keepLogs = keepLogs;
        builder.maxLogSize = maxLogSize;
        builder.keepDerivations = keepDerivations;
        builder.keepOutputs = keepOutputs;
        builder.impersonateLinux26 = impersonateLinux26;
        builder.isolateHostLoopback = isolateHostLoopback;
        builder.offload = offload;
        builder.substitutes = substitutes;
        builder.substituteUrls = substituteUrls;
        builder.derivationSubstituteUrls = derivationSubstituteUrls;
        builder.system = system;
        return builder;
    }

    /** Settings in the making. For one thread. */
    public static final class Builder {
        private Optional<String> buildUsersGroup = Optional.empty();
        private boolean cacheFailures;
        private List<String> chrootDirectories = List.of();
        private boolean deduplicate = true;
        private LogCompression logCompression = LogCompression.GZIP;
        private boolean keepLogs = true;
        private long maxLogSize;
        private boolean keepDerivations = true;
        private boolean keepOutputs;
        private boolean impersonateLinux26;
        private boolean isolateHostLoopback;
        private boolean offload = true;
        private boolean substitutes = true;
        private List<String> substituteUrls = List.of();
        private List<String> derivationSubstituteUrls = List.of();
        private String system = HostSystem.name();

        private Builder() {}

        public Builder buildUsersGroup(Optional<String> group) {
            buildUsersGroup = group;
            return this;
        }

        public Builder cacheFailures(boolean choice) {
            cacheFailures = choice;
            return this;
        }

        public Builder chrootDirectories(List<String> directories) {
            chrootDirectories = directories;
            return this;
        }

        public Builder deduplicate(boolean choice) {
            deduplicate = choice;
            return this;
        }

        public Builder logCompression(LogCompression compression) {
            logCompression = compression;
            return this;
        }

        public Builder keepLogs(boolean choice) {
            keepLogs = choice;
            return this;
        }

        public Builder maxLogSize(long octets) {
            maxLogSize = octets;
            return this;
        }

        public Builder keepDerivations(boolean choice) {
            keepDerivations = choice;
            return this;
        }

        public Builder keepOutputs(boolean choice) {
            keepOutputs = choice;
            return this;
        }

        public Builder impersonateLinux26(boolean choice) {
            impersonateLinux26 = choice;
            return this;
        }

        public Builder isolateHostLoopback(boolean choice) {
            isolateHostLoopback = choice;
            return this;
        }

        public Builder offload(boolean choice) {
            offload = choice;
            return this;
        }

        public Builder substitutes(boolean choice) {
            substitutes = choice;
            return this;
        }

        public Builder substituteUrls(List<String> urls) {
            substituteUrls = urls;
            return this;
        }

        public Builder derivationSubstituteUrls(List<String> urls) {
            derivationSubstituteUrls = urls;
            return this;
        }

        public Builder system(String name) {
            system = name;
            return this;
        }

        /** The settings as they are now. */
        public StoreSettings build() {
            return new StoreSettings(
                    buildUsersGroup,
                    cacheFailures,
                    chrootDirectories,
                    deduplicate,
                    logCompression,
                    keepLogs,
                    maxLogSize,
                    keepDerivations,
                    keepOutputs,
                    impersonateLinux26,
                    isolateHostLoopback,
                    offload,
                    substitutes,
                    substituteUrls,
                    derivationSubstituteUrls,
                    system);
        }
    }
}
