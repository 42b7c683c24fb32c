// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.compression;

import org.jspecify.annotations.NullMarked;
