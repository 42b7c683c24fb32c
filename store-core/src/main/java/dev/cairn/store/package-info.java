// SPDX-License-Identifier: Apache-2.0
/** The store of this process: database, files, locks, builds and collection behind the Daemon interface. */
@NullMarked
package dev.cairn.store;

import org.jspecify.annotations.NullMarked;
