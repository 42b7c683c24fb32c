// SPDX-License-Identifier: Apache-2.0
/**
 * A store as a server of substitutes, as {@code guix publish} makes it one (formats, section 6.6; services, section
 * 2.5), in Guix's dialect and in Nix's. Knows the interface of stores and none of them.
 */
@NullMarked
package dev.cairn.bridge.publish;

import org.jspecify.annotations.NullMarked;
