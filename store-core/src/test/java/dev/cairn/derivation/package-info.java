// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.derivation;

import org.jspecify.annotations.NullMarked;
