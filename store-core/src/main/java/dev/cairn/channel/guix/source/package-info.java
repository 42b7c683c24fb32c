// SPDX-License-Identifier: Apache-2.0
/** What Guix's packages propagate and which search paths they want: read from its modules, never by running them. */
@NullMarked
package dev.cairn.channel.guix.source;

import org.jspecify.annotations.NullMarked;
