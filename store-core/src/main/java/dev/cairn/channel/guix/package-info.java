// SPDX-License-Identifier: Apache-2.0
/**
 * GNU Guix's own packages as a channel, without Guile: what there is, and where its outputs are, is told by a Guix Data
 * Service; the outputs themselves come from servers of substitutes.
 */
@NullMarked
package dev.cairn.channel.guix;

import org.jspecify.annotations.NullMarked;
