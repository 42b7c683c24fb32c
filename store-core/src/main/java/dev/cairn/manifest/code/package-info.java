// SPDX-License-Identifier: Apache-2.0
/** Manifests that people write: Scheme code that says what a profile shall have. Read without running it. */
@NullMarked
package dev.cairn.manifest.code;

import org.jspecify.annotations.NullMarked;
