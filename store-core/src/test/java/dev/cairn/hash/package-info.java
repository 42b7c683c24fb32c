// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.hash;

import org.jspecify.annotations.NullMarked;
