// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.layout;

import org.jspecify.annotations.NullMarked;
