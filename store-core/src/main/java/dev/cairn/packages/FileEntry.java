// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

/** What the build system {@code files} puts at one place of an output. */
public sealed interface FileEntry {
    /** A file with {@code text}, in which references are replaced. */
    record Text(String text, boolean executable) implements FileEntry {}

    /**
     * A copy of something in the source.
     *
     * @param from relative to the source; {@code .} is the source itself
     * @param executable whether the file becomes a program even if it is none
     * @param substitute whether it is a text in which references are replaced
     */
    record Copy(String from, boolean executable, boolean substitute) implements FileEntry {}

    /** A symbolic link; references in {@code target} are replaced. */
    record Link(String target) implements FileEntry {}

    /** An empty folder. */
    record Folder() implements FileEntry {}
}
