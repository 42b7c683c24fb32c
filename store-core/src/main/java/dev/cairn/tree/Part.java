// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import java.nio.file.Path;

/**
 * One package of a merged tree.
 *
 * @param name {@code NAME}, or {@code NAME:ARCHITECTURE} where it is foreign; it stands in messages
 * @param contents the package's contents item on disk: {@code tree/} and {@code control/control} are read
 */
public record Part(String name, Path contents) {}
