// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Parts of archives put together octet by octet, also in ways in which no writer would. */
public final class HandmadeNar {
    private HandmadeNar() {}

    /** A whole archive of a directory. */
    public static byte[] directory(byte[]... entries) {
        return join(text("nix-archive-1"), inner(entries));
    }

    /** A directory within an archive. */
    public static byte[] inner(byte[]... entries) {
        return join(text("("), text("type"), text("directory"), join(entries), text(")"));
    }

    public static byte[] entry(String name, byte[] node) {
        return join(text("entry"), text("("), text("name"), text(name), text("node"), node, text(")"));
    }

    public static byte[] file(String contents) {
        return join(text("("), text("type"), text("regular"), text("contents"), text(contents), text(")"));
    }

    public static byte[] link(String target) {
        return join(text("("), text("type"), text("symlink"), text("target"), text(target), text(")"));
    }

    /** A string of less than 64 KiB, padded. @param text one octet for each character */
    public static byte[] text(String text) {
        byte[] octets = new byte[8 + (text.length() + 7 & ~7)];
        octets[0] = (byte) text.length();
        octets[1] = (byte) (text.length() >> 8);
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, octets, 8, text.length());
        return octets;
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
