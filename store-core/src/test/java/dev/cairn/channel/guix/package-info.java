// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.channel.guix;

import org.jspecify.annotations.NullMarked;
