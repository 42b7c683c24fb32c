// SPDX-License-Identifier: Apache-2.0
/** Channels that are folders of JSON files. */
@NullMarked
package dev.cairn.channel.json;

import org.jspecify.annotations.NullMarked;
