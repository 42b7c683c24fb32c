// SPDX-License-Identifier: Apache-2.0
/** What long operations tell their callers while they run. */
@NullMarked
package dev.cairn.event;

import org.jspecify.annotations.NullMarked;
