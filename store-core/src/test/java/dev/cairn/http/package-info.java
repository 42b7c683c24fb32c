// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.http;

import org.jspecify.annotations.NullMarked;
