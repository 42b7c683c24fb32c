// SPDX-License-Identifier: Apache-2.0
/** Sources: the channels, what they are fetched from, and whether that can be trusted. */
@NullMarked
package dev.cairn.app.feature.sources;

import org.jspecify.annotations.NullMarked;
