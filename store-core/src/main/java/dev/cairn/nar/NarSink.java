// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the parts of one archive in the order in which they stand there. {@link NarReader} calls one, {@link NarWriter}
 * is one, so a writer given to a reader copies.
 *
 * <p>One archive is one node. A node is {@link #regular}, {@link #symlink}, or {@link #directoryStart}, then for every
 * entry in ascending order {@link #entry} and its node, then {@link #directoryEnd}.
 */
public interface NarSink {
    /** Takes no notice of anything. */
    NarSink IGNORING = new NarSink() {
        @Override
        public void regular(boolean executable, long size, InputStream contents) {
            // The reader skips what is not read.
        }

        @Override
        public void symlink(String target) {
            // Not wanted.
        }

        @Override
        public void directoryStart() {
            // Not wanted.
        }

        @Override
        public void entry(String name) {
            // Not wanted.
        }

        @Override
        public void directoryEnd() {
            // Not wanted.
        }
    };

    /**
     * A file.
     *
     * @param size octets of {@code contents}, never negative
     * @param contents exactly {@code size} octets, valid until this method returns; what is left unread is skipped
     */
    void regular(boolean executable, long size, InputStream contents) throws IOException;

    /**
     * A symbolic link.
     *
     * @param target verbatim; neither empty nor longer than {@link NarNames#MAX_TARGET_LENGTH} octets of UTF-8
     */
    void symlink(String target) throws IOException;

    /** A directory begins; its entries follow. */
    void directoryStart() throws IOException;

    /**
     * An entry of the innermost open directory; its node follows.
     *
     * @param name passes {@link NarNames#check} and is greater than the entry before it in {@link NarNames#ORDER}
     */
    void entry(String name) throws IOException;

    /** The innermost open directory is complete. */
    void directoryEnd() throws IOException;
}
