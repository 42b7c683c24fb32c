// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.path;

import org.jspecify.annotations.NullMarked;
