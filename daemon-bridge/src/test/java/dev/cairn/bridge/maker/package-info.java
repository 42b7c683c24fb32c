// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.bridge.maker;

import org.jspecify.annotations.NullMarked;
