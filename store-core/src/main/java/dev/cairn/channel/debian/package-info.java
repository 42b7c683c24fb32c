// SPDX-License-Identifier: Apache-2.0
/** Archives of Debian and its derivatives as channels. */
@NullMarked
package dev.cairn.channel.debian;

import org.jspecify.annotations.NullMarked;
