// SPDX-License-Identifier: Apache-2.0
/** Guix's channels as its files name them: lists of channels, what a channel says of itself, who may sign for it. */
@NullMarked
package dev.cairn.channel.guix.definition;

import org.jspecify.annotations.NullMarked;
