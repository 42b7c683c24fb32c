// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.AptConf;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.debian.OsRelease;
import dev.cairn.debian.PackageName;
import dev.cairn.debian.SourcesListReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BiFunction;

/**
 * The archives that the machine's own apt takes packages from: its sources, their keyrings, its proxies, and the checks
 * that its settings switch off. Only files are read.
 */
public final class AptConfiguration {
    private AptConfiguration() {}

    /**
     * What was found.
     *
     * @param sources in apt's order, one for each suite of each address
     * @param problems what cannot be followed; it holds up no other source
     * @param distribution what the operating system calls itself
     * @param architectures in Debian's names, the machine's own first
     * @param keyrings apt's own trust: keyrings for sources that name none
     * @param recommending whether what packages recommend is installed with them ({@code APT::Install-Recommends})
     */
    public record Result(
            List<ArchiveSource> sources,
            List<ConfigurationProblem> problems,
            Optional<OsRelease> distribution,
            List<String> architectures,
            List<Path> keyrings,
            boolean recommending) {
        public Result {
            sources = List.copyOf(sources);
            problems = List.copyOf(problems);
            architectures = List.copyOf(architectures);
            keyrings = List.copyOf(keyrings);
        }
    }

    /**
     * Reads {@code etc/apt} and what else counts below a root; where apt's settings put a file elsewhere, there.
     *
     * @param root of the machine's files, {@code /} as a rule
     * @param architecture the machine's own in Debian's names, unless its files say otherwise
     * @param environment variables, of which those for proxies and {@code APT_CONFIG} count
     */
    public static Result read(Path root, String architecture, Map<String, String> environment) {
        return read(root, architecture, environment, AptConfiguration::entries);
    }

    /**
     * Reads lines of {@code sources.list} that stand somewhere else, with what the machine's own settings say besides.
     *
     * @param origin where they stand
     * @see #read
     */
    public static Result lines(
            Path root, String architecture, Map<String, String> environment, String origin, String lines) {
        return read(root, architecture, environment, (_, _) -> {
            var reader = new SourcesListReader();
            reader.lines(origin, lines);
            return reader;
        });
    }

    private static Result read(
            Path root,
            String architecture,
            Map<String, String> environment,
            BiFunction<AptFiles, AptConf, SourcesListReader> entries) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        var files = new AptFiles(root.toAbsolutePath().normalize(), problems);
        AptConf conf = files.conf(Optional.ofNullable(environment.get("APT_CONFIG")).filter(name -> !name.isEmpty()));
        SourcesListReader reader = entries.apply(files, conf);
        problems.addAll(reader.problems());
        List<String> architectures = architectures(files, conf, architecture);
        List<Path> keyrings = keyrings(files, conf);
        var resolution = new SourceResolution(files, conf, architectures, keyrings, environment, problems);
        List<ArchiveSource> sources = resolution.resolve(reader.entries());
        return new Result(sources, problems, distribution(files), architectures, keyrings,
                conf.flag("APT::Install-Recommends", true));
    }

    private static SourcesListReader entries(AptFiles files, AptConf conf) {
        var reader = new SourcesListReader();
        add(files, reader, files.located(conf, "Dir::Etc::sourcelist"));
        for (Path part : files.parts(files.located(conf, "Dir::Etc::sourceparts"), List.of("list", "sources"))) {
            add(files, reader, part);
        }
        return reader;
    }

    private static void add(AptFiles files, SourcesListReader reader, Path file) {
        if (file.toString().endsWith(".sources")) {
            files.read(file).ifPresent(octets -> reader.paragraphs(files.name(file), octets));
        } else {
            files.text(file).ifPresent(text -> reader.lines(files.name(file), text));
        }
    }

    /** Those of apt's settings, or the machine's own and those that dpkg was told of. */
    private static List<String> architectures(AptFiles files, AptConf conf, String given) {
        List<String> known = files.text(files.below("/var/lib/dpkg/arch"))
                .map(text -> text.lines()
                        .map(String::strip)
                        .filter(PackageName::isArchitecture)
                        .toList())
                .orElse(List.of());
        String own = conf.get("APT::Architecture")
                .filter(PackageName::isArchitecture)
                .orElse(known.isEmpty() ? given : known.getFirst());
        List<String> set = conf.list("APT::Architectures").stream()
                .filter(PackageName::isArchitecture)
                .toList();
        SequencedSet<String> architectures = new LinkedHashSet<>();
        architectures.add(own);
        architectures.addAll(set.isEmpty() ? known : set);
        return List.copyOf(architectures);
    }

    private static List<Path> keyrings(AptFiles files, AptConf conf) {
        List<Path> keyrings = new ArrayList<>();
        Path first = files.located(conf, "Dir::Etc::trusted");
        if (Files.isRegularFile(first)) {
            keyrings.add(first);
        }
        keyrings.addAll(files.parts(files.located(conf, "Dir::Etc::trustedparts"), List.of("gpg", "asc")));
        return keyrings;
    }

    private static Optional<OsRelease> distribution(AptFiles files) {
        return files.text(files.below("/etc/os-release"))
                .or(() -> files.text(files.below("/usr/lib/os-release")))
                .flatMap(OsRelease::read);
    }
}
