// SPDX-License-Identifier: Apache-2.0
/** Installed: what the profile holds. */
@NullMarked
package dev.cairn.app.feature.installed;

import org.jspecify.annotations.NullMarked;
