// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.DaemonException;
import java.util.List;

/** What clients of Nix's dialect are told of failures; their texts are for people alone. */
final class NixFailures {
    /** Lines of a log that a failure quotes, as many as Nix does. */
    private static final int LINES = 10;

    private NixFailures() {}

    static String text(DaemonException e) {
        return switch (e) {
            case DaemonException.NotValid missing -> "path '" + missing.path() + "' is not valid";
            case DaemonException.BuildFailed failed -> failed.getMessage() + hint(failed) + lines(failed.lastLines());
            default -> e.getMessage() + hint(e);
        };
    }

    private static String hint(DaemonException e) {
        return e.hint().map(hint -> "\n" + hint).orElse("");
    }

    private static String lines(List<String> all) {
        List<String> last = all.subList(Math.max(0, all.size() - LINES), all.size());
        return last.isEmpty() ? "" : ";\nlast " + last.size() + " log lines:\n> " + String.join("\n> ", last);
    }
}
