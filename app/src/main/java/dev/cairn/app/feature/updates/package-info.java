// SPDX-License-Identifier: Apache-2.0
/** Updates: what upgrading would change. */
@NullMarked
package dev.cairn.app.feature.updates;

import org.jspecify.annotations.NullMarked;
