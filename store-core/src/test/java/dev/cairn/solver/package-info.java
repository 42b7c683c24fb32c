// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.solver;

import org.jspecify.annotations.NullMarked;
