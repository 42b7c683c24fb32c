// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.debian.AptConfiguration;
import dev.cairn.channel.debian.ArchiveSource;
import dev.cairn.daemon.HostSystem;
import dev.cairn.debian.Architectures;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.debian.OsRelease;
import dev.cairn.http.Login;
import dev.cairn.http.Proxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The archives that this machine's own package manager takes packages from, as it is configured at the time of each
 * call.
 */
final class MachineArchives {
    private static final String USUAL_NAME = "debian";

    private final Path root;
    private final Map<String, String> environment;

    /** @param root of the machine's files */
    MachineArchives(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = Map.copyOf(environment);
    }

    /** Whether the machine seems to know any; looks at few files, so that every start can ask. */
    boolean arePresent() {
        Path apt = root.resolve("etc/apt");
        return namesArchive(apt.resolve("sources.list")) || hasSources(apt.resolve("sources.list.d"));
    }

    private static boolean hasSources(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{list,sources}")) {
            for (Path file : files) {
                if (namesArchive(file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            // Not a machine with apt, or one that keeps it to itself.
            return false;
        }
    }

    private static boolean namesArchive(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.readString(file).lines().anyMatch(line -> line.matches("(deb|URIs:)\\s.*"));
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    /** How the distribution calls itself, in a form that can name a channel. */
    String distribution() {
        for (String name : List.of("etc/os-release", "usr/lib/os-release")) {
            try {
                return OsRelease.read(Files.readString(root.resolve(name)))
                        .map(OsRelease::id)
                        .filter(ChannelEntry::isName)
                        .orElse(USUAL_NAME);
            } catch (IOException | IllegalArgumentException _) {
                // The next one may be there.
                continue;
            }
        }
        return USUAL_NAME;
    }

    /** All that is configured, and what of it cannot be followed. */
    AptConfiguration.Result read() {
        return AptConfiguration.read(root, Architectures.of(HostSystem.name()), environment);
    }

    /** Whether packages bring along what they recommend on this machine. */
    boolean recommending() {
        return AptConfiguration.lines(root, Architectures.of(HostSystem.name()), environment, "", "").recommending();
    }

    /**
     * What lines of the user's own name, with what the machine's configuration says of proxies, architectures and
     * keyrings.
     *
     * @param origin where the lines stand
     */
    AptConfiguration.Result read(String origin, List<String> lines) {
        String architecture = Architectures.of(HostSystem.name());
        return AptConfiguration.lines(root, architecture, environment, origin, String.join("\n", lines) + "\n");
    }

    /** How to reach addresses of archives: as their channels do, with their logins; others as the environment says. */
    Proxies proxies(Sources sources) {
        return new Proxies() {
            @Override
            public Optional<URI> proxyFor(URI address) {
                Optional<ArchiveSource> source = of(address);
                return source.isPresent() ? source.get().proxy() : Proxies.environment().proxyFor(address);
            }

            @Override
            public Optional<Login> loginFor(URI address) {
                return of(address)
                        .filter(source -> !source.access().mirrors())
                        .flatMap(source -> source.access().login());
            }

            private Optional<ArchiveSource> of(URI address) {
                return sources.known().stream()
                        .filter(source -> !source.access().mirrors()
                                && address.toString().startsWith(source.archive().toString()))
                        .findFirst()
                        .or(() -> ofMirrors(sources, address));
            }
        };
    }

    /** Which mirrors a list names is known only to who fetched it; packages from elsewhere are theirs. */
    private static Optional<ArchiveSource> ofMirrors(Sources sources, URI address) {
        return sources.known().stream()
                .filter(source -> source.access().mirrors() && address.toString().endsWith(".deb"))
                .findFirst();
    }

    /** Which archives there are. */
    @FunctionalInterface
    interface Sources {
        List<ArchiveSource> known();
    }

    /** The first of several problems, for a message about a single line. */
    static Optional<String> firstProblem(AptConfiguration.Result result) {
        return result.problems().stream().map(ConfigurationProblem::text).findFirst();
    }
}
