// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.error.FormatException;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarPreference;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of substitutes, or a folder that is laid out as one.
 *
 * @param url where its files are: {@code http:}, {@code https:} or {@code file:}, as the user wrote it
 * @param priority those with lower numbers are asked first; equals in the order in which they are named
 */
public record SubstituteServer(String url, int priority) {
    /** The priority of a server that none is given for. */
    public static final int USUAL_PRIORITY = 50;

    private static final String FORMAT = "address of a server of substitutes";
    private static final Pattern PRIORITY = Pattern.compile("(.*)\\?priority=([0-9]{1,6})");

    public SubstituteServer {
        uri(url);
    }

    /** Reads an address; with {@code ?priority=NUMBER} behind it as Nix has it. */
    public static SubstituteServer parse(String text) throws FormatException {
        Matcher matcher = PRIORITY.matcher(text);
        boolean prioritised = matcher.matches();
        String url = prioritised ? matcher.group(1) : text;
        try {
            return new SubstituteServer(url, prioritised ? Integer.parseInt(matcher.group(2)) : USUAL_PRIORITY);
        } catch (IllegalArgumentException e) {
            throw new FormatException(FORMAT, "'" + text + "' " + e.getMessage());
        }
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            switch (scheme) {
                case "http", "https" -> {
                    if (uri.getHost() == null) {
                        throw new IllegalArgumentException("names no host");
                    }
                    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                        throw new IllegalArgumentException("has more than a host and a folder");
                    }
                }
                case "file" -> {
                    if (uri.getPath() == null || !uri.getPath().startsWith("/") || uri.getRawAuthority() != null) {
                        throw new IllegalArgumentException("is not of the form file:///FOLDER");
                    }
                }
                default -> throw new IllegalArgumentException("does not start with http:, https: or file:");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL (" + e.getReason() + ")");
        }
    }

    /** Its folder, if it is one of this machine's. */
    public Optional<Path> folder() {
        URI uri = uri(url);
        return "file".equalsIgnoreCase(uri.getScheme()) ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    /** Where its narinfo of an item is. */
    public URI narinfo(StorePath path) {
        return file(path.hashPart() + Narinfo.SUFFIX);
    }

    /** Where it says what it is. */
    URI info() {
        return file(CacheInfo.NAME);
    }

    private URI file(String name) {
        return uri(url.endsWith("/") ? url + name : url + "/" + name);
    }

    /**
     * Where a NAR is that it offers.
     *
     * @throws FormatException when that is not for it to say: a server of the network points to the network, a folder
     *     to what is in it
     */
    public URI nar(NarChoice nar) throws FormatException {
        String address = nar.address(url);
        try {
            URI uri = uri(address, folder());
            if (folder().isPresent() && !Path.of(uri.getPath()).normalize().startsWith(folder().get().normalize())) {
                throw new IllegalArgumentException("points out of the folder");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw new FormatException("narinfo", "the address '" + nar.url() + "' " + e.getMessage());
        }
    }

    private static URI uri(String address, Optional<Path> folder) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL (" + e.getReason() + ")");
        }
        boolean isFile = "file".equalsIgnoreCase(uri.getScheme());
        if (isFile != folder.isPresent() || isFile && uri.getPath() == null || !isFile && uri.getHost() == null) {
            throw new IllegalArgumentException("points to another kind of place than the server is");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!isFile && !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("is not of the network");
        }
        return uri;
    }

    /** Which of its NARs is taken: where there is no network in between, the one that takes the least work. */
    NarPreference preference() {
        String host = Optional.ofNullable(uri(url).getHost()).orElse("");
        boolean isHere = host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
        return folder().isPresent() || isHere ? NarPreference.FASTEST : NarPreference.SMALLEST;
    }

    @Override
    public String toString() {
        return url;
    }
}
