// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.CollectionRequest;
import java.util.Optional;

/** Numbers that choices have in requests (daemon, sections 4.5 and 4.8). */
public final class Codes {
    private Codes() {}

    /** What a request to build says of its mode. */
    public static int of(BuildMode mode) {
        return switch (mode) {
            case NORMAL -> 0;
            case REPAIR -> 1;
            case CHECK -> 2;
        };
    }

    /** The mode with this number. */
    public static Optional<BuildMode> buildMode(long code) {
        for (BuildMode mode : BuildMode.values()) {
            if (of(mode) == code) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** What a request to collect garbage says of its action. */
    public static int of(CollectionRequest.Action action) {
        return switch (action) {
            case LIST_LIVE -> 0;
            case LIST_DEAD -> 1;
            case DELETE_DEAD -> 2;
            case DELETE_SPECIFIC -> 3;
        };
    }

    /** The action with this number. */
    public static Optional<CollectionRequest.Action> action(long code) {
        for (CollectionRequest.Action action : CollectionRequest.Action.values()) {
            if (of(action) == code) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
