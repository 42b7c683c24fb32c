// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts lines together out of pieces; they end in a newline or a carriage return. Longer ones than 64 KiB are cut. */
final class Lines {
    private static final int LONGEST = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Takes the next octet. @return the line, if that is complete now */
    Optional<String> next(byte octet) {
        if (octet == '\n' || octet == '\r' || line.size() == LONGEST) {
            boolean cut = octet != '\n' && octet != '\r';
            String complete = rest();
            if (cut) {
                line.write(octet);
            }
            return Optional.of(complete);
        }
        line.write(octet);
        return Optional.empty();
    }

    /** What has come of a line that is not complete. */
    String rest() {
        String rest = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return rest;
    }
}
