// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.bridge.publish;

import org.jspecify.annotations.NullMarked;
