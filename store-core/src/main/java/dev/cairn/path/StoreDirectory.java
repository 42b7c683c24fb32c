// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import dev.cairn.error.FormatException;

/**
 * The logical name of a store, such as {@code /gnu/store}: part of every fingerprint, whatever physical folder holds
 * the items.
 *
 * @param path absolute, without a slash at the end
 */
public record StoreDirectory(String path) {
    /** Guix's store. */
    public static final StoreDirectory GNU = new StoreDirectory("/gnu/store");

    /** Nix's store. */
    public static final StoreDirectory NIX = new StoreDirectory("/nix/store");

    public StoreDirectory {
        if (!path.startsWith("/") || path.length() < 2 || path.endsWith("/")) {
            throw new IllegalArgumentException("not an absolute directory name without final slash: " + path);
        }
    }

    /**
     * Reads the full name of a store item.
     *
     * @throws FormatException unless it is this directory, a slash and a valid base name
     */
    public StorePath parse(String text) throws FormatException {
        if (!text.startsWith(path) || text.length() <= path.length() || text.charAt(path.length()) != '/') {
            throw new FormatException("store path", "'" + text + "' is not in " + path);
        }
        return item(text.substring(path.length() + 1));
    }

    /** The item with this base name ({@code HASH-NAME}). */
    public StorePath item(String baseName) throws FormatException {
        return StorePath.checked(this, baseName);
    }

    /** Whether {@code text} is the name of something inside this directory, judged by the text alone. */
    public boolean contains(String text) {
        return text.length() > path.length() + 1 && text.startsWith(path) && text.charAt(path.length()) == '/';
    }

    /**
     * The item that {@code text}, the name of an item or of something inside one, belongs to.
     *
     * @throws FormatException when it is not in this directory or the item's name is not valid
     */
    public StorePath itemOf(String text) throws FormatException {
        if (!contains(text)) {
            throw new FormatException("store path", "'" + text + "' is not in " + path);
        }
        int end = text.indexOf('/', path.length() + 1);
        return parse(end < 0 ? text : text.substring(0, end));
    }

    @Override
    public String toString() {
        return path;
    }
}
