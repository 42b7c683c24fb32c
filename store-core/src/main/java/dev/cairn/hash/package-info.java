// SPDX-License-Identifier: Apache-2.0
/** Hash algorithms, hash values and streams that hash what passes through them. */
@NullMarked
package dev.cairn.hash;

import org.jspecify.annotations.NullMarked;
