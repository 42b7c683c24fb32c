// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

/** What came was not what was wanted, or did not come; somebody else may have it. */
final class CandidateException extends Exception {
    private final String status;

    /**
     * @param reason as the end of a sentence that begins with the server
     * @param status what guix-daemon's helper says of it (daemon, section 11)
     */
    CandidateException(String reason, String status) {
        super(reason);
        this.status = status;
    }

    String status() {
        return status;
    }
}
