// SPDX-License-Identifier: Apache-2.0
/** Git repositories: commits fetched into a cache, their files read from it without a work tree. */
@NullMarked
package dev.cairn.git;

import org.jspecify.annotations.NullMarked;
