// SPDX-License-Identifier: Apache-2.0
/** Work with a daemon that goes on by itself, with progress that a slow reader cannot drown in. */
@NullMarked
package dev.cairn.bridge;

import org.jspecify.annotations.NullMarked;
