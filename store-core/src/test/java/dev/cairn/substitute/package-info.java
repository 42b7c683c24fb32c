// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.substitute;

import org.jspecify.annotations.NullMarked;
