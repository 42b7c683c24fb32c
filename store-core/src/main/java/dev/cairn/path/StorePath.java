// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import dev.cairn.encoding.Base32;
import dev.cairn.error.FormatException;

/**
 * The name of a store item: {@code DIRECTORY/HASH-NAME} (formats, section 3.1). Ordered by the octets of the full
 * name, which is ASCII.
 */
public final class StorePath implements Comparable<StorePath> {
    /** Characters of the hash part. */
    public static final int HASH_LENGTH = 32;

    /** The longest name that still leaves room for {@code .lock} in a 255-octet file name. */
    public static final int MAX_NAME_LENGTH = 217;

    private final StoreDirectory directory;
    private final String baseName;

    private StorePath(StoreDirectory directory, String baseName) {
        this.directory = directory;
        this.baseName = baseName;
    }

    static StorePath checked(StoreDirectory directory, String baseName) throws FormatException {
        if (baseName.length() < HASH_LENGTH + 2 || baseName.charAt(HASH_LENGTH) != '-') {
            throw new FormatException(
                    "store path", "'" + baseName + "' is not " + HASH_LENGTH + " hash characters, a hyphen and a name");
        }
        for (int i = 0; i < HASH_LENGTH; i++) {
            if (!Base32.isDigit(baseName.charAt(i))) {
                throw new FormatException("store path", "the hash part of '" + baseName + "' is not base 32");
            }
        }
        checkName(baseName, HASH_LENGTH + 1);
        return new StorePath(directory, baseName);
    }

    /**
     * Checks the name part of an item.
     *
     * @throws FormatException unless it has 1 to {@value #MAX_NAME_LENGTH} characters out of {@code a-z A-Z 0-9
     *     + - . _ ? =} and does not start with a dot
     */
    public static void checkName(String name) throws FormatException {
        checkName(name, 0);
    }

    /** Checks the rest of {@code text} from {@code start} on as a name. */
    private static void checkName(String text, int start) throws FormatException {
        int length = text.length() - start;
        if (length == 0 || length > MAX_NAME_LENGTH) {
            throw badName(text, start, "must have 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (text.charAt(start) == '.') {
            throw badName(text, start, "must not start with a dot");
        }
        for (int i = start; i < text.length(); i++) {
            if (!isNameCharacter(text.charAt(i))) {
                throw badName(
                        text,
                        start,
                        "may have only letters, digits and + - . _ ? = (character " + (i - start + 1) + ")");
            }
        }
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '?'
                || c == '=';
    }

    private static FormatException badName(String text, int start, String rule) {
        return new FormatException("store item name", "'" + text.substring(start) + "' " + rule);
    }

    /** The store this item belongs to, by name. */
    public StoreDirectory directory() {
        return directory;
    }

    /** {@code HASH-NAME}, the file name in the store directory. */
    public String baseName() {
        return baseName;
    }

    /** The 32 characters that identify the item. */
    public String hashPart() {
        return baseName.substring(0, HASH_LENGTH);
    }

    /** What follows the hash and the hyphen. */
    public String name() {
        return baseName.substring(HASH_LENGTH + 1);
    }

    /** Whether the item is, by its name, a derivation. */
    public boolean isDerivation() {
        return baseName.endsWith(".drv");
    }

    @Override
    public int compareTo(StorePath other) {
        int byDirectory = directory == other.directory ? 0 : directory.path().compareTo(other.directory.path());
        return byDirectory != 0 ? byDirectory : baseName.compareTo(other.baseName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorePath path && path.baseName.equals(baseName) && path.directory.equals(directory);
    }

    @Override
    public int hashCode() {
        return baseName.hashCode();
    }

    /** The full logical name. */
    @Override
    public String toString() {
        return directory.path() + "/" + baseName;
    }
}
