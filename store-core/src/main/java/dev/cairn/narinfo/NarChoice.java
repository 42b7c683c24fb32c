// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One way to get the NAR of an item. None of it is signed in Guix's dialect: sizes and hashes are hints.
 *
 * @param url absolute, or relative to the address of the cache; printable ASCII
 * @param fileSize octets on the way
 * @param fileHash of what is on the way
 */
public record NarChoice(String url, Compression compression, OptionalLong fileSize, Optional<Hash> fileHash) {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,2000}");
    private static final String UNRESERVED = "-._~";

    public NarChoice {
        if (!isAddress(url)) {
            throw new IllegalArgumentException("no address of a NAR: '" + url + "'");
        }
        if (fileSize.isPresent() && fileSize.getAsLong() < 0) {
            throw new IllegalArgumentException("a file of " + fileSize.getAsLong() + " octets");
        }
    }

    /** Whether {@code url} may be one. */
    static boolean isAddress(String url) {
        return PLAIN.matcher(url).matches();
    }

    /**
     * A NAR as {@code guix publish} offers it: {@code nar/lzip/ITEM}, without the compression if it has none.
     *
     * @param prefix of the addresses, {@code nar} as a rule
     */
    public static NarChoice published(String prefix, Compression compression, StorePath path, OptionalLong fileSize) {
        String folder = compression == Compression.NONE ? prefix : prefix + "/" + compression.id();
        return new NarChoice(folder + "/" + escape(path.baseName()), compression, fileSize, Optional.empty());
    }

    /** A name as it stands in addresses: everything that may have a meaning there as {@code %XX}. */
    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length() + 8);
        for (byte octet : name.getBytes(StandardCharsets.US_ASCII)) {
            char c = (char) octet;
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        return escaped.toString();
    }

    /** The whole address, as Guix puts it together: a leading slash does not lead to the root of the server. */
    public String address(String cache) {
        if (ABSOLUTE.matcher(url).matches()) {
            return url;
        }
        return cache.endsWith("/") ? cache + url : cache + "/" + url;
    }
}
