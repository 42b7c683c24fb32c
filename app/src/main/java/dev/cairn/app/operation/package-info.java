// SPDX-License-Identifier: Apache-2.0
/** What Cairn is doing for the user at the moment: operations with their activities, logs and outcomes. */
@NullMarked
package dev.cairn.app.operation;

import org.jspecify.annotations.NullMarked;
