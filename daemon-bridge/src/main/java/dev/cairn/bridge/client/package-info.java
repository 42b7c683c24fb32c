// SPDX-License-Identifier: Apache-2.0
/**
 * Drives a daemon behind a socket, Guix's, Nix's or Cairn's own, as if it were the store of this process (daemon,
 * sections 1 to 7 and 17). {@link dev.cairn.bridge.client.SocketDaemon} is the door; behind it a {@code Link} is one
 * connection, {@code Links} those of a session.
 */
@NullMarked
package dev.cairn.bridge.client;

import org.jspecify.annotations.NullMarked;
