// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.AptConf;
import dev.cairn.debian.AptConfReader;
import dev.cairn.debian.ConfigurationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads the files of apt's configuration below a root. What cannot be read is reported. */
final class AptFiles {
    /** Octets that a file may have. */
    private static final int LONGEST = 1 << 20;

    private final Path root;
    private final List<ConfigurationProblem> problems;

    AptFiles(Path root, List<ConfigurationProblem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Where apt's settings put a file or folder: those of {@code Dir}, each relative to the one around it. */
    Path located(AptConf conf, String name) {
        Path path = Path.of("/");
        StringBuilder key = new StringBuilder();
        for (String part : name.split("::")) {
            key.append(key.isEmpty() ? "" : "::").append(part);
            String set = conf.get(key.toString()).orElseGet(() -> standard(key.toString()));
            try {
                path = path.resolve(set);
            } catch (InvalidPathException _) {
                problems.add(new ConfigurationProblem(key.toString(), 0, "has a name that no file can have"));
                path = path.resolve(standard(key.toString()));
            }
        }
        return below(path.toString());
    }

    private static String standard(String name) {
        return switch (name) {
            case "Dir" -> "/";
            case "Dir::Etc" -> "etc/apt";
            case "Dir::Etc::main" -> "apt.conf";
            case "Dir::Etc::parts" -> "apt.conf.d";
            case "Dir::Etc::sourcelist" -> "sources.list";
            case "Dir::Etc::sourceparts" -> "sources.list.d";
            case "Dir::Etc::netrc" -> "auth.conf";
            case "Dir::Etc::netrcparts" -> "auth.conf.d";
            case "Dir::Etc::trusted" -> "trusted.gpg";
            case "Dir::Etc::trustedparts" -> "trusted.gpg.d";
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The file below the root that has an absolute name. */
    Path below(String absolute) {
        return root.resolve(Path.of("/").relativize(Path.of("/").resolve(absolute).normalize()));
    }

    /** The name of a file below the root, as the machine knows it. */
    String name(Path file) {
        return "/" + root.relativize(file);
    }

    /** The files of a folder that apt reads, in its order: by name, with one of these endings, in plain characters. */
    List<Path> parts(Path folder, List<String> endings) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(file -> isPart(file, endings)).sorted().forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return files;
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(name(folder), 0, "cannot be read: " + reason(e)));
        }
        return files;
    }

    private boolean isPart(Path file, List<String> endings) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (!endings.contains(dot < 0 ? "" : name.substring(dot + 1)) || name.startsWith(".")) {
            return false;
        }
        if (!name.matches("[A-Za-z0-9._-]+")) {
            problems.add(new ConfigurationProblem(
                    name(file), 0, "is left out, as apt leaves it out: its name has other characters than letters, "
                            + "digits, hyphens, low lines and full stops"));
            return false;
        }
        return Files.isRegularFile(file);
    }

    /** The octets of a file; nothing, perhaps with a report, if there is none or it cannot be read. */
    Optional<byte[]> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(LONGEST + 1);
            if (octets.length > LONGEST) {
                problems.add(new ConfigurationProblem(name(file), 0, "has more than " + LONGEST + " octets"));
                return Optional.empty();
            }
            return Optional.of(octets);
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(name(file), 0, "cannot be read: " + reason(e)));
            return Optional.empty();
        }
    }

    /** The text of a file; octets that are no UTF-8 become replacement characters. */
    Optional<String> text(Path file) {
        return read(file).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    /**
     * Reads apt's settings in apt's order.
     *
     * @param first read before all others, if there is one ({@code APT_CONFIG})
     */
    AptConf conf(Optional<String> first) {
        var reader = new AptConfReader();
        first.map(this::below).ifPresent(file -> add(reader, file));
        for (Path part : parts(located(reader.conf(), "Dir::Etc::parts"), List.of("", "conf"))) {
            add(reader, part);
        }
        add(reader, located(reader.conf(), "Dir::Etc::main"));
        problems.addAll(reader.problems());
        return reader.conf();
    }

    private void add(AptConfReader reader, Path file) {
        text(file).ifPresent(text -> reader.read(name(file), text));
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
