// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.BuildUser;
import dev.cairn.build.sandbox.UserGroups;
import dev.cairn.daemon.DaemonException;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The users that run builders, one each (daemon, section 8.1). A user in use is locked by {@code userpool/UID} in the
 * state folder, for guix-daemon as well.
 */
final class BuildUsers {
    /** Builders run as this process does. */
    static final Held NOBODY = new Held(Optional.empty(), Optional.empty());

    private BuildUsers() {}

    /** A user, if there is one, until closed. Its processes are ended before and after. */
    record Held(Optional<BuildUser> user, Optional<PosixLock> lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (lock.isPresent()) {
                try (PosixLock _ = lock.get()) {
                    endAll();
                }
            }
        }

        private void endAll() throws IOException {
            if (user.isPresent()) {
                UserGroups.endProcessesOf(user.get());
            }
        }
    }

    /** Takes a free member of a group. */
    static Held acquire(StoreLayout layout, String group) throws DaemonException, IOException {
        Optional<List<BuildUser>> members = UserGroups.members(group);
        if (members.isEmpty()) {
            throw refused("the group `" + group + "' specified in `build-users-group' does not exist");
        }
        if (members.get().isEmpty()) {
            throw refused("the build users group `" + group + "' has no members");
        }
        Path folder = Files.createDirectories(layout.state().resolve("userpool"));
        for (BuildUser user : members.get()) {
            Optional<PosixLock> lock =
                    PosixLock.tryAcquire(folder.resolve(Integer.toString(user.uid())), PosixLock.Mode.EXCLUSIVE);
            if (lock.isPresent()) {
                Held held = new Held(Optional.of(user), lock);
                boolean ready = false;
                try {
                    held.endAll();
                    ready = true;
                    return held;
                } finally {
                    if (!ready) {
                        lock.get().close();
                    }
                }
            }
        }
        throw refused("all build users are currently in use; consider creating additional users and adding them to "
                + "the `" + group + "' group");
    }

    private static DaemonException refused(String text) {
        return new DaemonException.Refused(text.replace('`', '\''), Optional.empty(), Optional.of(text));
    }
}
