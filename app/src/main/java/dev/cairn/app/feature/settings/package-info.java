// SPDX-License-Identifier: Apache-2.0
/** Settings: the look, the store's folder. */
@NullMarked
package dev.cairn.app.feature.settings;

import org.jspecify.annotations.NullMarked;
