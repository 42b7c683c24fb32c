// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.fs.SealedRestorer;
import java.nio.file.Path;

/** Where an item is unpacked, and what unpacks it there. */
public record Unpacked(Path place, SealedRestorer restorer) {}
