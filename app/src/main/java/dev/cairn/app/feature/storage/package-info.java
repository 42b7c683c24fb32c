// SPDX-License-Identifier: Apache-2.0
/** What the store holds, what keeps it, and what a collection would free. */
@NullMarked
package dev.cairn.app.feature.storage;

import org.jspecify.annotations.NullMarked;
