// SPDX-License-Identifier: Apache-2.0
/** What a profile has besides the files of its packages: lists and caches over all of them (formats, section 10.10). */
@NullMarked
package dev.cairn.build.hook;

import org.jspecify.annotations.NullMarked;
