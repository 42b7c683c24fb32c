// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.graph;

import org.jspecify.annotations.NullMarked;
