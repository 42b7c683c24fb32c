// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

/** Takes what a daemon has to tell whoever runs it, one line each. Called from any thread. */
@FunctionalInterface
public interface Journal {
    void note(String line);
}
