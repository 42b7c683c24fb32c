// SPDX-License-Identifier: Apache-2.0
/** Work away from the user interface's thread, and the way of its results back to it. */
@NullMarked
package dev.cairn.app.task;

import org.jspecify.annotations.NullMarked;
