// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackage.ArchiveFile;
import dev.cairn.debian.BinaryPackage.Importance;
import dev.cairn.debian.BinaryPackage.MultiArch;
import dev.cairn.debian.DebianVersion;
import dev.cairn.debian.RelationParser;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Packages in memory, each written in a line: {@code NAME VERSION [ARCHITECTURE]; FIELD: VALUE; ...}. Fields are those
 * of control files in lower case and {@code channel}, {@code priority}, {@code importance}, {@code essential},
 * {@code installed}, {@code multi-arch}, {@code gone}, {@code on-request}.
 */
record Universe(String architecture, List<Candidate> all) implements Candidates {
    static Universe of(String... packages) throws CairnException {
        List<Candidate> all = new ArrayList<>();
        for (String line : packages) {
            all.add(candidate(line));
        }
        return new Universe("amd64", List.copyOf(all));
    }

    private static Candidate candidate(String line) throws CairnException {
        String[] parts = line.split(";");
        String[] head = parts[0].strip().split(" ");
        Map<String, String> fields = new HashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] field = part.split(":", 2);
            fields.put(field[0].strip(), field.length == 1 ? "" : field[1].strip());
        }
        String name = head[0];
        String version = head[1];
        String architecture = head.length > 2 ? head[2] : "amd64";
        BinaryPackage description = new BinaryPackage(
                name,
                version,
                architecture,
                MultiArch.valueOf(fields.getOrDefault("multi-arch", "no").toUpperCase(Locale.ROOT)),
                fields.containsKey("essential"),
                Importance.valueOf(fields.getOrDefault("importance", "optional").toUpperCase(Locale.ROOT)),
                name,
                "misc",
                "Somebody <somebody@example.org>",
                Optional.empty(),
                "a package",
                "",
                Optional.empty(),
                1,
                RelationParser.dependencies("Depends", fields.getOrDefault("depends", "")),
                RelationParser.dependencies("Recommends", fields.getOrDefault("recommends", "")),
                List.of(),
                RelationParser.provides(fields.getOrDefault("provides", "")),
                RelationParser.relations("Conflicts", fields.getOrDefault("conflicts", "")),
                RelationParser.relations("Breaks", fields.getOrDefault("breaks", "")),
                List.of(),
                fields.containsKey("gone")
                        ? Optional.empty()
                        : Optional.of(new ArchiveFile(
                                "pool/" + name + ".deb", 1, String.join("_", name, version, architecture))));
        return new Candidate(
                description,
                fields.getOrDefault("channel", "debian"),
                Integer.parseInt(fields.getOrDefault("priority", "0")),
                fields.containsKey("gone") ? List.of() : List.of(URI.create("https://example.org/" + name + ".deb")),
                fields.containsKey("installed") ? Optional.of(contents(name, version)) : Optional.empty(),
                fields.containsKey("on-request")
                        ? Standing.UPGRADED
                        : fields.containsKey("experiment") ? Standing.REQUESTED : Standing.USUAL);
    }

    private static StorePath contents(String name, String version) throws FormatException {
        return StoreDirectory.GNU.parse("/gnu/store/" + "0".repeat(32) + "-" + name + "-" + version + "-contents");
    }

    @Override
    public List<Candidate> named(String name) {
        return all.stream().filter(c -> c.name().equals(name)).toList();
    }

    @Override
    public List<Candidate> providing(String name) {
        return all.stream()
                .filter(c -> !c.name().equals(name))
                .filter(c -> c.description().provides().stream().anyMatch(p -> p.name().equals(name)))
                .toList();
    }

    @Override
    public List<String> essential() {
        return all.stream()
                .filter(c -> c.description().essential() && !c.architecture().equals("i386"))
                .map(Candidate::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** A goal for {@code NAME} or {@code NAME=VERSION}: the newest first, or the installed one. */
    DebianSolver.Goal goal(String text) {
        String[] parts = text.split("=");
        return new DebianSolver.Goal(
                text.replace('=', '@'),
                named(parts[0]).stream()
                        .filter(c -> parts.length == 1 || c.version().equals(parts[1]))
                        .sorted(Comparator.comparing((Candidate c) -> c.installed().isEmpty())
                                .thenComparing(Candidate::version, DebianVersion.ORDER.reversed()))
                        .toList());
    }

    Solution solve(String... goals) throws CairnException {
        return DebianSolver.solve(Arrays.stream(goals).map(this::goal).toList(), this, _ -> false);
    }

    /** The names and versions that are chosen for goals, sorted. */
    String choose(String... goals) throws CairnException {
        return text(solve(goals));
    }

    static String text(Solution solution) {
        return solution.chosen().stream().map(Universe::text).sorted().collect(Collectors.joining(" "));
    }

    static String text(Candidate candidate) {
        String architecture = candidate.architecture();
        return candidate.name() + (List.of("amd64", "all").contains(architecture) ? "" : ":" + architecture) + "="
                + candidate.version();
    }
}
