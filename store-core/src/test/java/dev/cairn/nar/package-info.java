// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.nar;

import org.jspecify.annotations.NullMarked;
