// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.channel.debian;

import org.jspecify.annotations.NullMarked;
