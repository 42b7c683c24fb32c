// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.DaemonException;
import java.util.Optional;

/** Refusals of the daemon's own, in guix-daemon's words. */
final class Refusals {
    private Refusals() {}

    static DaemonException of(String text) {
        return new DaemonException.Refused(text, Optional.empty(), Optional.of(text));
    }
}
