// SPDX-License-Identifier: Apache-2.0
/** Builders that run inside this process because they need no shell. */
@NullMarked
package dev.cairn.build.builtin;

import org.jspecify.annotations.NullMarked;
