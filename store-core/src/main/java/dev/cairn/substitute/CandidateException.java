// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

/** What came was not what was wanted, or did not come; somebody else may have it. */
final class CandidateException extends Exception {
    private final String status;
    private final boolean troubled;

    /**
     * @param reason as the end of a sentence that begins with the server
     * @param status what guix-daemon's helper says of it (daemon, section 11)
     */
    CandidateException(String reason, String status) {
        this(reason, status, false);
    }

    /** The same. @param troubled whether the server is likely to fail with other items, too */
    CandidateException(String reason, String status, boolean troubled) {
        super(reason);
        this.status = status;
        this.troubled = troubled;
    }

    boolean isTroubled() {
        return troubled;
    }

    String status() {
        return status;
    }
}
