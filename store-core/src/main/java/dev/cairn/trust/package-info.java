// SPDX-License-Identifier: Apache-2.0
/** Keys and access lists on disk (formats, sections 5.3 and 5.5). */
@NullMarked
package dev.cairn.trust;

import org.jspecify.annotations.NullMarked;
