// SPDX-License-Identifier: Apache-2.0
/** How sizes and times are written for people, the same in the window and on the command line. */
@NullMarked
package dev.cairn.app.format;

import org.jspecify.annotations.NullMarked;
