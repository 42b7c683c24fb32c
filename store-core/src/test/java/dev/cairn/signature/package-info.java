// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.signature;

import org.jspecify.annotations.NullMarked;
