// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.bench;

import org.jspecify.annotations.NullMarked;
