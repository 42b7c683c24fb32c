// SPDX-License-Identifier: Apache-2.0
/** Trust: whose signatures the store believes, its own key, and the servers of substitutes that are asked. */
@NullMarked
package dev.cairn.app.feature.trust;

import org.jspecify.annotations.NullMarked;
