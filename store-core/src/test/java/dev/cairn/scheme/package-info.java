// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.scheme;

import org.jspecify.annotations.NullMarked;
