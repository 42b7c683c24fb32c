// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.encoding;

import org.jspecify.annotations.NullMarked;
