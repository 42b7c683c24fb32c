// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.fs.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a process that {@link Spawner} starts does before it becomes the builder: fields ended by zero octets. */
final class Instructions {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(4096);

    /** Adds an instruction and its operands, as octet strings. */
    Instructions add(String... fields) {
        for (String field : fields) {
            octets.writeBytes(field.getBytes(StandardCharsets.ISO_8859_1));
            octets.write(0);
        }
        return this;
    }

    /** Adds a number. */
    Instructions add(int number) {
        return add(Integer.toString(number));
    }

    /** A file's name as an octet string. */
    static String name(Path path) {
        return new String(Octets.of(path), StandardCharsets.ISO_8859_1);
    }

    byte[] toByteArray() {
        return octets.toByteArray();
    }
}
