// SPDX-License-Identifier: Apache-2.0
/**
 * What maintainer scripts of packages would do. They are read, never run: a small part of the shell's language is
 * followed where its outcome is certain, and what is not certain is said to be so.
 */
@NullMarked
package dev.cairn.debian.script;

import org.jspecify.annotations.NullMarked;
