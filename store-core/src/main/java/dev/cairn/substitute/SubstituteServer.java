// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.error.FormatException;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarPreference;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.ServerAddress;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A server of substitutes, or a folder that is laid out as one.
 *
 * @param address where its files are
 */
public record SubstituteServer(ServerAddress address) {
    /** The one at an address, with its priority if that is given. */
    public static SubstituteServer parse(String text) throws FormatException {
        return new SubstituteServer(ServerAddress.parse(text));
    }

    /** Its address as the user wrote it, without the priority. */
    public String url() {
        return address.url();
    }

    /** Those with lower numbers are asked first. */
    public int priority() {
        return address.priority();
    }

    /** Its folder, if it is one of this machine's. */
    public Optional<Path> folder() {
        return address.isFolder() ? Optional.of(Path.of(URI.create(url()).getPath())) : Optional.empty();
    }

    /** Where its narinfo of an item is. */
    public URI narinfo(StorePath path) {
        return file(path.hashPart() + Narinfo.SUFFIX);
    }

    /** Where it says what it is. */
    public URI info() {
        return file(CacheInfo.NAME);
    }

    private URI file(String name) {
        return URI.create(address.file(name));
    }

    /**
     * Where a NAR is that it offers.
     *
     * @throws FormatException when that is not for it to say: a server of the network points to the network, a folder
     *     to what is in it
     */
    public URI nar(NarChoice nar) throws FormatException {
        String place = nar.address(url());
        try {
            URI uri = uri(place, folder());
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
        String host = Optional.ofNullable(URI.create(url()).getHost()).orElse("");
        boolean isHere = host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
        return folder().isPresent() || isHere ? NarPreference.FASTEST : NarPreference.SMALLEST;
    }

    @Override
    public String toString() {
        return url();
    }
}
