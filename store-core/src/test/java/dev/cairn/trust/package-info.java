// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.trust;

import org.jspecify.annotations.NullMarked;
