// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The groups of this machine that build users are members of. */
public final class UserGroups {
    private UserGroups() {}

    /** The members of a group, in its order, as users that run builders; empty when there is no such group. */
    public static Optional<List<BuildUser>> members(String group) throws IOException {
        String answer = Spawner.get().group(group);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        String[] words = answer.split(" ");
        int gid = Integer.parseInt(words[0]);
        List<BuildUser> members = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String[] numbers = words[i].split(",");
            List<Integer> groups = new ArrayList<>();
            for (int j = 1; j < numbers.length; j++) {
                groups.add(Integer.valueOf(numbers[j]));
            }
            members.add(new BuildUser(Integer.parseInt(numbers[0]), gid, groups));
        }
        return Optional.of(members);
    }

    /** Ends everything that a user runs, at once. */
    public static void endProcessesOf(BuildUser user) throws IOException {
        Spawner.get().killAllOf(user.uid());
    }
}
