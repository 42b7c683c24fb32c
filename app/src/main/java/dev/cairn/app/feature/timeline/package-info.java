// SPDX-License-Identifier: Apache-2.0
/** Every state a profile has been in, and the way back. */
@NullMarked
package dev.cairn.app.feature.timeline;

import org.jspecify.annotations.NullMarked;
