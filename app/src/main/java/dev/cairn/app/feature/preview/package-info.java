// SPDX-License-Identifier: Apache-2.0
/** The side sheet that shows what a change of the profile will do before it is done. */
@NullMarked
package dev.cairn.app.feature.preview;

import org.jspecify.annotations.NullMarked;
