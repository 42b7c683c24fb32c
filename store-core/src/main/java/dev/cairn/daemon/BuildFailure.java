// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

/** What a build that failed says about trying again (daemon, section 8.8). */
public enum BuildFailure {
    /** It would fail again. */
    PERMANENT(100),
    /** It took too long, was silent for too long, or wrote too much. */
    TIMED_OUT(101),
    /** Anything else: a download, a full disk, outputs that were refused, another build that it needs. */
    OTHER(1);

    private final int status;

    BuildFailure(int status) {
        this.status = status;
    }

    /** What guix-daemon sends with the message of a request that failed for this alone. */
    public int status() {
        return status;
    }
}
