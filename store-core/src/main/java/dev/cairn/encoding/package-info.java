// SPDX-License-Identifier: Apache-2.0
/** Text encodings of octets. */
@NullMarked
package dev.cairn.encoding;

import org.jspecify.annotations.NullMarked;
