// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.bridge.server;

import org.jspecify.annotations.NullMarked;
