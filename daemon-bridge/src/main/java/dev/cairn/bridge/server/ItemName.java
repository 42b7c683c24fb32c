// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.Optional;

/**
 * What a client gave as the name of an item. guix-daemon looks only at where it is, so a name that no item can have is
 * not wrong, but one of an item that does not exist.
 *
 * @param text as the client gave it, directly in the store
 * @param path the item, if one can be called that
 */
record ItemName(String text, Optional<StorePath> path) {
    static ItemName of(StoreDirectory store, String text) {
        try {
            return new ItemName(text, Optional.of(store.parse(text)));
        } catch (FormatException _) {
            return new ItemName(text, Optional.empty());
        }
    }

    /** What is known of the item. @throws DaemonException when it is not valid */
    PathInfo info(Daemon daemon) throws DaemonException {
        StorePath item = orNotValid();
        return daemon.pathInfo(item).orElseThrow(() -> new DaemonException.NotValid(item));
    }

    /** The item. @throws DaemonException when no item can be called so */
    StorePath orNotValid() throws DaemonException {
        return path.orElseThrow(() -> refusal("path `" + text + "' is not valid"));
    }

    /** The item where it is to be a derivation, of which guix-daemon speaks with other quotation marks. */
    StorePath orNotValidDerivation(Daemon daemon) throws DaemonException {
        StorePath item = orNotValidReference();
        if (!daemon.isValid(item)) {
            throw DaemonException.NotValid.typographic(item);
        }
        return item;
    }

    /** The item where it is something else's reference, of which guix-daemon speaks likewise. */
    StorePath orNotValidReference() throws DaemonException {
        return path.orElseThrow(() -> refusal("path ‘" + text + "’ is not valid"));
    }

    private DaemonException refusal(String wire) {
        return new DaemonException.Refused("'" + text + "' is not in the store", Optional.empty(), Optional.of(wire));
    }
}
