// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.util.Optional;

/**
 * On whose behalf a session is held (daemon, section 7).
 *
 * @param user the name of the user at the other end of a Unix-domain socket; empty when nothing tells who it is
 * @param owner the user and group numbers of that user, for files that the session hands over
 * @param trusted whether the client may change any setting and repair items
 */
public record Client(Optional<String> user, Optional<Owner> owner, boolean trusted) {
    /** Numbers of a user and its group. */
    public record Owner(int uid, int gid) {}

    /** This process itself, which may do what its user may. */
    public static final Client SELF = new Client(Optional.empty(), Optional.empty(), true);
}
