// SPDX-License-Identifier: Apache-2.0
/** The user's profile as the window sees it, and what can be done to it. */
@NullMarked
package dev.cairn.app.profile;

import org.jspecify.annotations.NullMarked;
