// SPDX-License-Identifier: Apache-2.0
/** The window: navigation, activity bar and drawer, side sheets, messages, theme and keys. */
@NullMarked
package dev.cairn.app.shell;

import org.jspecify.annotations.NullMarked;
