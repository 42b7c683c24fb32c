// SPDX-License-Identifier: Apache-2.0
/**
 * What lies over the merged tree of Debian packages: files that their maintainer scripts and triggers would have made,
 * made without running any of those.
 */
@NullMarked
package dev.cairn.build.debian;

import org.jspecify.annotations.NullMarked;
