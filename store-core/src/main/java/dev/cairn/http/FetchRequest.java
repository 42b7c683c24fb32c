// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A file to be fetched.
 *
 * @param address with the scheme file, http or https; letters beyond ASCII are written as {@code %XX}
 * @param limit octets that it may have at most; a longer one is refused as soon as that shows
 * @param since if the server says that the file did not change after this time, it is not fetched
 * @param proxies how to get there, if not as the fetcher always does
 */
public record FetchRequest(URI address, long limit, Optional<Instant> since, Optional<Proxies> proxies) {
    /** Larger than any file that is fetched. */
    public static final long MAX_SIZE = 64L << 30;

    public FetchRequest {
        if (limit < 0 || limit > MAX_SIZE) {
            throw new IllegalArgumentException("a limit of " + limit + " octets");
        }
        // Servers are asked in ASCII; the JDK would put question marks where there is none.
        address = URI.create(address.toASCIIString());
    }

    /** Any version of a file of any size. */
    public static FetchRequest of(URI address) {
        return new FetchRequest(address, MAX_SIZE, Optional.empty(), Optional.empty());
    }

    public FetchRequest atMost(long octets) {
        return new FetchRequest(address, octets, since, proxies);
    }

    public FetchRequest ifChangedSince(Instant time) {
        return new FetchRequest(address, limit, Optional.of(time), proxies);
    }

    public FetchRequest by(Proxies choice) {
        return new FetchRequest(address, limit, since, Optional.of(choice));
    }
}
