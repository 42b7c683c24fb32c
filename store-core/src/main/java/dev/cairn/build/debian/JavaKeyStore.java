// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Java's key store of trusted certificates in the format JKS (version 2 of the JDK's {@code JavaKeyStore}), written
 * here because the JDK puts the time of day into it. The password is the usual one, which protects nothing.
 */
final class JavaKeyStore {
    private static final int MAGIC = 0xfeedfeed;
    private static final int VERSION = 2;
    private static final int TRUSTED = 2;
    private static final long CREATED = 1000;
    private static final String PASSWORD = "changeit";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private final SortedMap<String, byte[]> certificates = new TreeMap<>();

    /**
     * Adds a certificate; what is none is left out.
     *
     * @param name of its file
     * @param pem its text
     */
    void add(byte[] name, byte[] pem) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin >= 0 && end > begin) {
            String alias = "debian:" + new String(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            try {
                certificates.put(alias, Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
            } catch (IllegalArgumentException _) {
                // A damaged certificate; others read the file and complain.
                return;
            }
        }
    }

    byte[] toByteArray() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(certificates.size());
        for (var entry : certificates.entrySet()) {
            out.writeInt(TRUSTED);
            out.writeUTF(entry.getKey());
            out.writeLong(CREATED);
            out.writeUTF("X.509");
            out.writeInt(entry.getValue().length);
            out.write(entry.getValue());
        }
        out.write(digest(octets.toByteArray()));
        return octets.toByteArray();
    }

    private static byte[] digest(byte[] store) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(PASSWORD.getBytes(StandardCharsets.UTF_16BE));
            sha.update("Mighty Aphrodite".getBytes(StandardCharsets.UTF_8));
            return sha.digest(store);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
