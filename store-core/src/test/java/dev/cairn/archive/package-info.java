// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.archive;

import org.jspecify.annotations.NullMarked;
