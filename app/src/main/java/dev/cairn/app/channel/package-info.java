// SPDX-License-Identifier: Apache-2.0
/** The channels as the window sees them. */
@NullMarked
package dev.cairn.app.channel;

import org.jspecify.annotations.NullMarked;
