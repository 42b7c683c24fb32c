// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that Cairn itself runs from: {@code lib} with the jars, {@code channel} with the bundled channel, {@code
 * native} with the libraries of this machine's kind. When started from compiled classes, as tests are, there is none.
 *
 * @param folder what holds them
 */
public record Installation(Optional<Path> folder) {
    private static final String CHANNEL_RESOURCE = "/dev/cairn/ui/channel/channel.json";

    /** The one that this code was loaded from. */
    public static Installation here() {
        return new Installation(file(Installation.class.getProtectionDomain().getCodeSource().getLocation())
                .filter(Files::isRegularFile)
                .map(jar -> jar.resolveSibling("..").normalize()));
    }

    /** The channel that comes with Cairn. */
    public Optional<Path> bundledChannel() {
        return folder.map(f -> f.resolve("channel"))
                .or(() -> file(Installation.class.getResource(CHANNEL_RESOURCE)).map(Path::getParent))
                .filter(Files::isDirectory);
    }

    /** Lets SQLite load its library from this folder instead of copying it to a temporary one at every start. */
    void useNativeLibraries() {
        String machine = "amd64".equals(System.getProperty("os.arch")) ? "x86_64" : System.getProperty("os.arch");
        folder.map(f -> f.resolve("native/org/sqlite/native/Linux").resolve(machine))
                .filter(Files::isDirectory)
                .ifPresent(libraries -> System.setProperty("org.sqlite.lib.path", libraries.toString()));
    }

    private static Optional<Path> file(@Nullable URL location) {
        if (location == null || !"file".equals(location.getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(new URI(location.toString())));
        } catch (URISyntaxException e) {
            // A class path entry with a character that no URI may have: as good as none.
            return Optional.empty();
        }
    }
}
