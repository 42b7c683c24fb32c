// SPDX-License-Identifier: Apache-2.0
/**
 * A daemon: serves a store to programs that speak the worker protocol (daemon, sections 1 to 7).
 *
 * <p>{@link dev.cairn.bridge.server.DaemonServer} listens; each client has a {@code Connection}, a thread and a session
 * of the store of its own. A {@code Conversation} carries the parts that every dialect has (requests, work, messages,
 * failures); a dialect is one class over it.
 */
@NullMarked
package dev.cairn.bridge.server;

import org.jspecify.annotations.NullMarked;
