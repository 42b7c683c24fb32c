// SPDX-License-Identifier: Apache-2.0
package dev.cairn.layout;

import dev.cairn.error.FormatException;
import dev.cairn.fs.Octets;
import dev.cairn.manifest.PosixPattern;
import dev.cairn.manifest.SearchPathSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what search paths come to, given what profiles hold (formats, section 10.9). */
public final class SearchPathEvaluator {
    private final LogicalFiles files;

    /** @param files in which the search paths are looked for */
    public SearchPathEvaluator(LogicalFiles files) {
        this.files = files;
    }

    /**
     * The values of those variables that have one.
     *
     * @param directories logical names, of profiles usually; one that occurs again counts once
     */
    public SequencedMap<SearchPathSpecification, String> evaluate(
            SequencedCollection<SearchPathSpecification> specifications, SequencedCollection<Path> directories)
            throws FormatException, IOException {
        SequencedMap<SearchPathSpecification, String> values = new LinkedHashMap<>();
        for (SearchPathSpecification specification : specifications) {
            List<String> found = find(specification, directories);
            if (!found.isEmpty()) {
                values.put(specification, value(specification, found));
            }
        }
        return values;
    }

    /** Like the other one, but leaves out what {@code environment} has already, in whatever order. */
    public SequencedMap<SearchPathSpecification, String> evaluate(
            SequencedCollection<SearchPathSpecification> specifications,
            SequencedCollection<Path> directories,
            Map<String, String> environment)
            throws FormatException, IOException {
        SequencedMap<SearchPathSpecification, String> values = new LinkedHashMap<>();
        for (SearchPathSpecification specification : specifications) {
            List<String> found = find(specification, directories);
            String now = environment.get(specification.variable());
            if (!found.isEmpty() && (now == null || !covers(now, specification, found))) {
                values.put(specification, value(specification, found));
            }
        }
        return values;
    }

    private static String value(SearchPathSpecification specification, List<String> found) {
        return specification.separator().map(s -> String.join(s, found)).orElse(found.getFirst());
    }

    private static boolean covers(String now, SearchPathSpecification specification, List<String> found) {
        return specification
                .separator()
                .map(separator -> Set.copyOf(Arrays.asList(now.split(Pattern.quote(separator)))).containsAll(found))
                .orElse(now.equals(found.getFirst()));
    }

    private List<String> find(SearchPathSpecification specification, SequencedCollection<Path> directories)
            throws FormatException, IOException {
        Optional<Pattern> pattern = Optional.empty();
        if (specification.pattern().isPresent()) {
            pattern = Optional.of(PosixPattern.compile(specification.pattern().get()));
        }
        List<String> found = new ArrayList<>();
        for (Path directory : new LinkedHashSet<>(directories)) {
            for (String name : specification.files()) {
                if (!staysInside(name)) {
                    continue;
                }
                Path start = below(directory, name);
                if (pattern.isPresent()) {
                    List<String> matches = new ArrayList<>();
                    collect(start, specification.fileType(), pattern.get(), new HashSet<>(), matches);
                    matches.sort(null);
                    found.addAll(matches);
                } else if (isType(start, specification.fileType())) {
                    found.add(text(directory) + "/" + name);
                }
            }
        }
        return found;
    }

    /** Looks through everything below {@code start}, but through no directory that it is inside of already. */
    private void collect(Path start, String type, Pattern pattern, Set<Path> above, List<String> matches)
            throws IOException {
        Optional<Path> file = files.resolve(start);
        if (file.isEmpty()) {
            return;
        }
        if (isType(start, type) && pattern.matcher(text(start.getFileName())).find()) {
            matches.add(text(start));
        }
        if (Files.isDirectory(file.get(), LinkOption.NOFOLLOW_LINKS) && above.add(file.get())) {
            for (Path name : files.names(start)) {
                collect(start.resolve(name), type, pattern, above, matches);
            }
            above.remove(file.get());
        }
    }

    private boolean isType(Path logical, String type) throws IOException {
        Optional<Path> file = files.resolve(logical);
        return switch (type) {
            case "directory" -> file.filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).isPresent();
            case "regular" -> file.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).isPresent();
            // Devices and the like are in no store.
            default -> false;
        };
    }

    /** The file with a name that may hold characters the platform's encoding has not. */
    private static Path below(Path directory, String name) {
        Path file = directory;
        for (String part : name.split("/")) {
            file = part.isEmpty() ? file : Octets.resolve(file, Octets.ofText(part));
        }
        return file;
    }

    private static String text(Path path) {
        return new String(Octets.of(path), StandardCharsets.UTF_8);
    }

    private static boolean staysInside(String name) {
        return name.indexOf('\0') < 0 && !name.startsWith("/") && !Arrays.asList(name.split("/")).contains("..");
    }
}
