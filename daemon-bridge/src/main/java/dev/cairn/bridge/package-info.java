// SPDX-License-Identifier: Apache-2.0
/** Other ways to reach a daemon: asynchronously, with progress that a slow reader cannot drown in. */
@NullMarked
package dev.cairn.bridge;

import org.jspecify.annotations.NullMarked;
