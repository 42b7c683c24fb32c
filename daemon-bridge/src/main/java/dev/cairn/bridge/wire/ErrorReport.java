// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a request failed, as it follows {@link Message#ERROR}.
 *
 * @param message what happened
 * @param status 1 for failures in general, 100 when a build failed for good, 101 when one took too long; newer versions
 *     of Nix's dialect do not tell, and have 1
 * @param traces what the daemon was doing, outermost last; only Nix's newer versions have them
 */
public record ErrorReport(String message, long status, List<String> traces) {
    /** Nix's dialect has the longer form from this minor version on. */
    private static final int STRUCTURED = 26;

    /** Guix tells a status from this minor version on. */
    private static final int STATUS = 8;

    private static final String KIND = "Error";
    private static final int MAX_TRACES = 1000;

    public ErrorReport {
        traces = List.copyOf(traces);
    }

    public ErrorReport(String message, long status) {
        this(message, status, List.of());
    }

    /**
     * Writes the report, without the number of the message.
     *
     * @param version the one that decides what is sent
     */
    public void write(WireWriter out, Dialect dialect, ProtocolVersion version) throws IOException {
        if (dialect == Dialect.NIX && version.atLeast(STRUCTURED)) {
            out.writeText(KIND);
            out.writeInt(0);
            out.writeText(KIND);
            out.writeText(message);
            out.writeInt(0);
            out.writeInt(traces.size());
            for (String trace : traces) {
                out.writeInt(0);
                out.writeText(trace);
            }
        } else {
            out.writeText(message);
            if (version.atLeast(STATUS)) {
                out.writeInt(status);
            }
        }
    }

    /** Reads what {@link #write} writes. */
    public static ErrorReport read(WireReader in, Dialect dialect, ProtocolVersion version) throws IOException {
        if (dialect == Dialect.NIX && version.atLeast(STRUCTURED)) {
            in.readText(WireLimits.NAME);
            in.readInt();
            in.readText(WireLimits.NAME);
            String message = in.readText(WireLimits.TEXT);
            in.readInt();
            int count = in.readCount(MAX_TRACES);
            List<String> traces = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                in.readInt();
                traces.add(in.readText(WireLimits.NAME));
            }
            return new ErrorReport(message, 1, traces);
        }
        String message = in.readText(WireLimits.TEXT);
        return new ErrorReport(message, version.atLeast(STATUS) ? in.readInt() : 1);
    }
}
