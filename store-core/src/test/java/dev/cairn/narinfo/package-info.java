// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.narinfo;

import org.jspecify.annotations.NullMarked;
