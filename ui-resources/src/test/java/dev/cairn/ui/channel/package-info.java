// SPDX-License-Identifier: Apache-2.0
/** Tests of the channel that comes with Cairn. */
@NullMarked
package dev.cairn.ui.channel;

import org.jspecify.annotations.NullMarked;
