// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.time.Instant;
import java.util.Optional;

/** What came of a {@link FetchRequest}. */
public sealed interface FetchAnswer {
    /**
     * The file is there.
     *
     * @param size octets
     * @param modified when it was last changed, where the server says
     */
    record Fetched(long size, Optional<Instant> modified) implements FetchAnswer {}

    /** It did not change since the time that was named; nothing was written. */
    record Unchanged() implements FetchAnswer {}
}
