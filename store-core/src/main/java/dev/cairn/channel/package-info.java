// SPDX-License-Identifier: Apache-2.0
/** Where packages come from. */
@NullMarked
package dev.cairn.channel;

import org.jspecify.annotations.NullMarked;
