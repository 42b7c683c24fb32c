// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/** Writes pictures of the window as PNG: eight bits each of red, green and blue (ISO/IEC 15948). */
public final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int FILTER_UP = 2;

    private PngWriter() {}

    /** Writes an opaque picture; what is transparent in it is lost. The stream stays open. */
    public static void write(Image image, OutputStream out) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        DataOutputStream data = new DataOutputStream(out);
        data.write(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
        chunk(data, "IHDR", header.array());
        chunk(data, "IDAT", pixels(image, width, height));
        chunk(data, "IEND", new byte[0]);
        data.flush();
    }

    private static byte[] pixels(Image image, int width, int height) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, deflater)) {
                int[] row = new int[width];
                byte[] above = new byte[width * 3];
                byte[] line = new byte[width * 3];
                byte[] difference = new byte[width * 3];
                for (int y = 0; y < height; y++) {
                    image.getPixelReader().getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
                    for (int x = 0; x < width; x++) {
                        line[3 * x] = (byte) (row[x] >> 16);
                        line[3 * x + 1] = (byte) (row[x] >> 8);
                        line[3 * x + 2] = (byte) row[x];
                    }
                    for (int i = 0; i < line.length; i++) {
                        difference[i] = (byte) (line[i] - above[i]);
                    }
                    deflated.write(FILTER_UP);
                    deflated.write(difference);
                    byte[] next = above;
                    above = line;
                    line = next;
                }
            }
            return bytes.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(DataOutputStream out, String type, byte[] contents) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(contents);
        out.writeInt(contents.length);
        out.write(name);
        out.write(contents);
        out.writeInt((int) checksum.getValue());
    }
}
