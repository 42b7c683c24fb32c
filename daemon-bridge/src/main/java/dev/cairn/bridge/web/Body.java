// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What follows the head of an answer. Whoever sends an answer closes its body, also when it was not sent. */
public sealed interface Body extends AutoCloseable {
    /** Octets, if known beforehand. */
    OptionalLong length();

    @Override
    default void close() throws IOException {}

    /** Octets in memory; not to be changed any more. */
    record Octets(byte[] octets) implements Body {
        public static final Octets NONE = new Octets(new byte[0]);

        /** A text in UTF-8. */
        public static Octets text(String text) {
            return new Octets(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(octets.length);
        }
    }

    /** An open file, sent from its start whatever its position is; closed with this. */
    record OpenFile(FileChannel channel, long size) implements Body {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Made while it is sent. @param length what {@code source} writes, exactly, if that is known */
    record Streamed(OptionalLong length, Source source) implements Body {
        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** Where a streamed body comes from. */
    interface Source extends AutoCloseable {
        /** Writes all of it; {@code out} is not closed. Called at most once. */
        void writeTo(OutputStream out) throws CairnException, IOException;

        @Override
        default void close() throws IOException {}
    }
}
