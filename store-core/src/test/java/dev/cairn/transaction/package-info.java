// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.transaction;

import org.jspecify.annotations.NullMarked;
