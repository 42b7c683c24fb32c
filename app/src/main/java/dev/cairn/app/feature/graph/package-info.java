// SPDX-License-Identifier: Apache-2.0
/** What a package needs and what needs it, as a picture and as an outline. */
@NullMarked
package dev.cairn.app.feature.graph;

import org.jspecify.annotations.NullMarked;
