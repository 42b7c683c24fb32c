// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;

/** Finds where packets begin and end (RFC 9580, section 4.2). Packets of indefinite or partial length are refused. */
final class Packets {
    static final int SIGNATURE = 2;
    static final int PUBLIC_KEY = 6;

    private static final String FORMAT = "OpenPGP packets";

    private Packets() {}

    /**
     * One packet.
     *
     * @param start where its header begins
     * @param end behind its last octet
     */
    record Packet(int tag, int start, int end) {}

    static List<Packet> of(byte[] octets) throws FormatException {
        List<Packet> packets = new ArrayList<>();
        int position = 0;
        while (position < octets.length) {
            Packet packet = at(position, octets);
            packets.add(packet);
            position = packet.end();
        }
        return packets;
    }

    private static Packet at(int start, byte[] octets) throws FormatException {
        int header = octets[start] & 0xff;
        if ((header & 0x80) == 0) {
            throw new FormatException(FORMAT, "no packet begins at octet " + start);
        }
        boolean current = (header & 0x40) != 0;
        int tag = current ? header & 0x3f : header >> 2 & 0x0f;
        int sizeOctets = current ? currentSizeOctets(octets, start + 1) : legacySizeOctets(header);
        int body = start + 1 + sizeOctets;
        long length = current ? currentLength(octets, start + 1, sizeOctets) : number(octets, start + 1, sizeOctets);
        if (length > octets.length - body) {
            throw new FormatException(FORMAT, "the packet at octet " + start + " ends early");
        }
        return new Packet(tag, start, body + (int) length);
    }

    private static int legacySizeOctets(int header) throws FormatException {
        return switch (header & 3) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 4;
            default -> throw new FormatException(FORMAT, "a packet without a length");
        };
    }

    private static int currentSizeOctets(byte[] octets, int at) throws FormatException {
        long first = number(octets, at, 1);
        if (first >= 224 && first < 255) {
            throw new FormatException(FORMAT, "a packet in parts");
        }
        return first < 192 ? 1 : first < 224 ? 2 : 5;
    }

    private static long currentLength(byte[] octets, int at, int sizeOctets) throws FormatException {
        return switch (sizeOctets) {
            case 1 -> number(octets, at, 1);
            case 2 -> (number(octets, at, 1) - 192 << 8) + number(octets, at + 1, 1) + 192;
            default -> number(octets, at + 1, 4);
        };
    }

    private static long number(byte[] octets, int at, int count) throws FormatException {
        if (at + count > octets.length) {
            throw new FormatException(FORMAT, "a length ends early");
        }
        long value = 0;
        for (int i = at; i < at + count; i++) {
            value = value << 8 | octets[i] & 0xff;
        }
        return value;
    }
}
