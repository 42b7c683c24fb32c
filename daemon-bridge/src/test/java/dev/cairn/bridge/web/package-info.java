// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.bridge.web;

import org.jspecify.annotations.NullMarked;
