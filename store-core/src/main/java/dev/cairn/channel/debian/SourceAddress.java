// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.FormatException;
import dev.cairn.http.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * An address of apt's sources.
 *
 * @param archive ending with a slash: http, https or file; as a list of mirrors without one
 * @param login that stands in it
 * @param mirrors whether it is that of a list of mirrors
 */
record SourceAddress(URI archive, Optional<Login> login, boolean mirrors) {
    /** @throws FormatException when it cannot be followed; the message shows no password */
    static SourceAddress read(String text) throws FormatException {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        try {
            return switch (scheme) {
                case "http", "https" -> web(scheme, rest.endsWith("/") ? rest : rest + "/", false);
                case "file", "copy" -> new SourceAddress(folder(rest + "/"), Optional.empty(), false);
                case "mirror", "mirror+http" -> web("http", rest, true);
                case "mirror+https" -> web("https", rest, true);
                case "mirror+file", "mirror+copy" -> new SourceAddress(folder(rest), Optional.empty(), true);
                case "cdrom" -> throw problem("packages on discs are not read; copy the disc into a folder and name"
                        + " that by a file: address");
                case "tor", "tor+http", "tor+https" -> throw problem("there is no way through Tor to archives, and"
                        + " they are not reached in another way");
                case "" -> throw new URISyntaxException(text, "no kind of address");
                default -> throw problem("addresses of the kind " + SourceResolution.shown(scheme)
                        + ": are not supported");
            };
        } catch (URISyntaxException e) {
            throw problem("'" + SourceResolution.shown(text.replaceFirst("//[^/]*@", "//")) + "' is no address: "
                    + e.getReason());
        }
    }

    private static SourceAddress web(String scheme, String rest, boolean mirrors) throws URISyntaxException {
        URI all = new URI(scheme + ":" + rest);
        if (all.getHost() == null) {
            throw new URISyntaxException(rest, "no host");
        }
        Optional<Login> login = Optional.ofNullable(all.getUserInfo()).map(Login::of);
        return new SourceAddress(new URI(scheme + ":" + rest.replaceFirst("^//[^/]*@", "//")), login, mirrors);
    }

    /** {@code file:/a}, {@code file:///a} and {@code file://localhost/a} are the same. */
    private static URI folder(String rest) throws URISyntaxException {
        String path = rest.startsWith("//localhost/") ? rest.substring(11) : rest.replaceFirst("^/+", "/");
        if (!path.startsWith("/")) {
            throw new URISyntaxException(rest, "not absolute");
        }
        return new URI("file:" + path.replaceFirst("/+$", "/"));
    }

    private static FormatException problem(String text) {
        return new FormatException("address", text);
    }
}
