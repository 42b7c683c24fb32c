// SPDX-License-Identifier: Apache-2.0
/**
 * The merged tree of Debian packages: what dpkg would have unpacked into one root, made of directories, hard links to
 * the store's files and symlinks.
 */
@NullMarked
package dev.cairn.tree;

import org.jspecify.annotations.NullMarked;
