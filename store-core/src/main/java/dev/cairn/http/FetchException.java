// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.error.CairnException;
import java.net.URI;
import java.util.Optional;

/** A file could not be fetched from one address. */
public final class FetchException extends CairnException {
    /** What kept it from being fetched. */
    public enum Kind {
        /** There was no connection. */
        UNREACHABLE,
        /** There was one, but none that can be trusted to be with the server. */
        INSECURE,
        /** The address names nothing (any more). */
        NOT_FOUND,
        /** The server, or this machine, does not give it. */
        REFUSED,
        /** It is longer than it may be. */
        TOO_LARGE,
        /** The connection broke or stood still, and did so again when it was tried anew. */
        BROKEN
    }

    private final transient URI address;
    private final Kind kind;
    private final String reason;

    FetchException(URI address, Kind kind, String reason) {
        super("failed to download '" + address + "': " + reason, hint(kind), Optional.empty());
        this.address = address;
        this.kind = kind;
        this.reason = reason;
    }

    public URI address() {
        return address;
    }

    public Kind kind() {
        return kind;
    }

    /** The end of the message: why it failed, without the address. */
    public String reason() {
        return reason;
    }

    private static Optional<String> hint(Kind kind) {
        return switch (kind) {
            case UNREACHABLE, BROKEN -> Optional.of("Check the network and the proxy settings, then try again.");
            case INSECURE -> Optional.of("Check this machine's clock; else whoever runs the server has to renew or"
                    + " correct its certificate.");
            case NOT_FOUND -> Optional.of("The file may have been replaced by a newer one: refresh the channels"
                    + " with 'cairn pull' or Refresh, then try again.");
            case REFUSED, TOO_LARGE -> Optional.empty();
        };
    }
}
