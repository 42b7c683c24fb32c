// SPDX-License-Identifier: Apache-2.0
/** Where the parts of a store are on disk: a logical prefix over a physical root. */
@NullMarked
package dev.cairn.layout;

import org.jspecify.annotations.NullMarked;
