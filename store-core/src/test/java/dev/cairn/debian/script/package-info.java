// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.debian.script;

import org.jspecify.annotations.NullMarked;
