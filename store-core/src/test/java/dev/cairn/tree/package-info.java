// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.tree;

import org.jspecify.annotations.NullMarked;
