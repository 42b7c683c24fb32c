// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import dev.cairn.error.FormatException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A commit, and what is signed of it.
 *
 * @param id 40 hexadecimal digits
 * @param parents their ids
 * @param signature as it stands in the commit; empty where there is none
 * @param signed what it is over: the commit without its signature; owned by the receiver
 */
public record SignedCommit(String id, List<String> parents, Optional<byte[]> signature, byte[] signed) {
    private static final String HEADER = "gpgsig";
    private static final String FORMAT = "commit";

    public SignedCommit {
        parents = List.copyOf(parents);
    }

    /** Takes a commit's octets apart. @throws FormatException when it has several signatures */
    static SignedCommit of(String id, List<String> parents, byte[] octets) throws FormatException {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(octets.length);
        ByteArrayOutputStream signature = new ByteArrayOutputStream();
        boolean inSignature = false;
        int position = 0;
        while (position < octets.length && octets[position] != '\n') {
            int end = lineEnd(octets, position);
            if (octets[position] == ' ' && inSignature) {
                signature.write(octets, position + 1, end - position - 1);
            } else if (startsWithHeader(octets, position, end)) {
                if (signature.size() > 0) {
                    throw new FormatException(FORMAT, "commit " + id + " has several signatures");
                }
                inSignature = true;
                int text = position + HEADER.length() + 1;
                signature.write(octets, text, end - text);
            } else {
                inSignature = false;
                signed.write(octets, position, end - position);
            }
            position = end;
        }
        signed.write(octets, position, octets.length - position);
        return new SignedCommit(
                id,
                parents,
                signature.size() == 0 ? Optional.empty() : Optional.of(signature.toByteArray()),
                signed.toByteArray());
    }

    /** Behind the line's end. */
    private static int lineEnd(byte[] octets, int from) {
        int end = from;
        while (end < octets.length && octets[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, octets.length);
    }

    private static boolean startsWithHeader(byte[] octets, int position, int end) {
        if (end - position <= HEADER.length() || octets[position + HEADER.length()] != ' ') {
            return false;
        }
        for (int i = 0; i < HEADER.length(); i++) {
            if (octets[position + i] != HEADER.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
