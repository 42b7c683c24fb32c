// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.error.FormatException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a daemon listens, and below which folder it keeps its store if the user said so: an address of {@link
 * DaemonAddress}, which at a socket file may end with {@code ?root=FOLDER}, as Nix's own addresses of stores may.
 *
 * @param root the physical folder that stands for {@code /}
 */
record DaemonPlace(DaemonAddress address, Optional<Path> root) {
    private static final String ROOT = "?root=";

    /** @throws FormatException when it is no such address */
    static DaemonPlace parse(String text) throws FormatException {
        int end = text.indexOf(ROOT);
        if (end < 0) {
            return new DaemonPlace(DaemonAddress.parse(text), Optional.empty());
        }
        String folder = text.substring(end + ROOT.length());
        DaemonAddress address = DaemonAddress.parse(text.substring(0, end));
        if (address instanceof DaemonAddress.Remote || !folder.startsWith("/")) {
            throw new FormatException(
                    "daemon address",
                    "'" + text + "' has '?root=', which takes the absolute name of a folder, after a socket file");
        }
        try {
            return new DaemonPlace(address, Optional.of(Path.of(folder).normalize()));
        } catch (InvalidPathException e) {
            throw new FormatException("daemon address", "'" + folder + "' is no file name: " + e.getReason());
        }
    }

    /** The root below which a socket lies where daemons usually have theirs, if it does. */
    Optional<Path> rootOfSocket(String state) {
        if (!(address instanceof DaemonAddress.Local local)) {
            return Optional.empty();
        }
        String socket = local.socket().toString();
        String usual = state + "/daemon-socket/socket";
        return socket.endsWith(usual) && socket.length() > usual.length()
                ? Optional.of(Path.of(socket.substring(0, socket.length() - usual.length())))
                : Optional.empty();
    }
}
