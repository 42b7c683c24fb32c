// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.util.List;

/**
 * A user of this machine that runs one builder at a time.
 *
 * @param uid its number
 * @param gid that of the group of build users
 * @param groups its other groups
 */
public record BuildUser(int uid, int gid, List<Integer> groups) {
    public BuildUser {
        groups = List.copyOf(groups);
    }
}
