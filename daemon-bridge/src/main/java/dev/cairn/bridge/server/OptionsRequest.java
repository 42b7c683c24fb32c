// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireReader;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a client asks for with set-options (daemon, section 5).
 *
 * @param maxJobs only of clients that send it in the fixed part, as are the next two
 * @param logType 0 for texts that are nested, 1 for escape codes, 2 for flat ones
 * @param settings by name
 */
record OptionsRequest(
        boolean keepFailed,
        boolean keepGoing,
        boolean fallback,
        long verbosity,
        OptionalLong maxJobs,
        OptionalLong maxSilence,
        OptionalLong cores,
        boolean offload,
        long buildVerbosity,
        long logType,
        boolean traces,
        boolean substitutes,
        Map<String, String> settings) {
    /** From this minor version on, numbers that have names are sent with them only. */
    private static final int NAMED = 0x61;

    /** Reads a request of a client of some version. */
    static OptionsRequest read(WireReader in, ProtocolVersion version) throws IOException {
        boolean fixed = !version.atLeast(NAMED);
        boolean keepFailed = in.readBool();
        boolean keepGoing = in.readBool();
        boolean fallback = in.readBool();
        long verbosity = in.readInt();
        OptionalLong maxJobs = fixed ? OptionalLong.of(in.readInt()) : OptionalLong.empty();
        OptionalLong maxSilence = fixed ? OptionalLong.of(in.readInt()) : OptionalLong.empty();
        boolean offload = version.atLeast(2) && in.readBool();
        long buildVerbosity = version.atLeast(4) ? in.readInt() : 0;
        long logType = version.atLeast(4) ? in.readInt() : 0;
        boolean traces = version.atLeast(4) && in.readBool();
        OptionalLong cores = fixed && version.atLeast(6) ? OptionalLong.of(in.readInt()) : OptionalLong.empty();
        boolean substitutes = !version.atLeast(10) || in.readBool();
        Map<String, String> settings = version.atLeast(12) ? in.readPairs() : Map.of();
        return new OptionsRequest(
                keepFailed,
                keepGoing,
                fallback,
                verbosity,
                maxJobs,
                maxSilence,
                cores,
                offload,
                buildVerbosity,
                logType,
                traces,
                substitutes,
                settings);
    }
}
