// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.debian.BinaryPackage.ArchiveFile;
import dev.cairn.debian.BinaryPackage.Importance;
import dev.cairn.debian.BinaryPackage.MultiArch;
import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads descriptions of packages: paragraphs of an archive's {@code Packages}, or the {@code control} file of a
 * package. Refuses what has no valid name, version or architecture, relations that cannot be read, and files without a
 * SHA-256 or with a name that leads out of the archive.
 */
public final class BinaryPackageReader {
    /** The longest that section, maintainer, home page and synopsis may be; what is longer is cut. */
    private static final int LONGEST_TEXT = 1000;

    private BinaryPackageReader() {}

    /** Reads the one paragraph in a range of octets. Nothing keeps {@code data} afterwards. */
    public static BinaryPackage read(byte[] data, int from, int to) throws FormatException {
        return read(ControlReader.paragraph("package", data, from, to));
    }

    /** Reads a paragraph that is parsed already. */
    public static BinaryPackage read(Paragraph paragraph) throws FormatException {
        String name = paragraph.getOrEmpty("Package");
        if (!PackageName.isValid(name)) {
            throw new FormatException("package", name.isEmpty() ? "no name" : "no valid name: " + cut(name, 60));
        }
        try {
            return read(name, paragraph);
        } catch (FormatException e) {
            throw new FormatException("package " + name, e.getMessage());
        }
    }

    private static BinaryPackage read(String name, Paragraph paragraph) throws FormatException {
        String version = paragraph.getOrEmpty("Version");
        if (!DebianVersion.isVersion(version)) {
            throw new FormatException("Version", "no valid version: " + cut(version, 60));
        }
        String architecture = paragraph.getOrEmpty("Architecture");
        if (!PackageName.isArchitecture(architecture)) {
            throw new FormatException("Architecture", "no valid architecture: " + cut(architecture, 60));
        }
        PackageDescription description = PackageDescription.of(paragraph
                .get("Description")
                .or(() -> paragraph.get("Description-en"))
                .orElse(""));
        return new BinaryPackage(
                name,
                version,
                architecture,
                multiArch(paragraph.getOrEmpty("Multi-Arch")),
                paragraph.getOrEmpty("Essential").equalsIgnoreCase("yes"),
                importance(paragraph.getOrEmpty("Priority")),
                source(paragraph).orElse(name),
                cut(paragraph.getOrEmpty("Section"), LONGEST_TEXT),
                cut(paragraph.getOrEmpty("Maintainer"), LONGEST_TEXT),
                paragraph.get("Homepage").filter(text -> !text.isEmpty()).map(text -> cut(text, LONGEST_TEXT)),
                cut(description.synopsis(), LONGEST_TEXT),
                description.text(),
                paragraph.get("Description-md5").flatMap(text -> Digits.hexadecimal(text, 32)),
                installedSize(paragraph),
                depends(paragraph),
                dependencies(paragraph, "Recommends"),
                dependencies(paragraph, "Suggests"),
                RelationParser.provides(paragraph.getOrEmpty("Provides")),
                relations(paragraph, "Conflicts"),
                relations(paragraph, "Breaks"),
                relations(paragraph, "Replaces"),
                file(paragraph));
    }

    private static List<Dependency> depends(Paragraph paragraph) throws FormatException {
        List<Dependency> before = dependencies(paragraph, "Pre-Depends");
        List<Dependency> depends = dependencies(paragraph, "Depends");
        if (before.isEmpty()) {
            return depends;
        }
        List<Dependency> all = new ArrayList<>(before);
        all.addAll(depends);
        return all;
    }

    private static List<Dependency> dependencies(Paragraph paragraph, String field) throws FormatException {
        return RelationParser.dependencies(field, paragraph.getOrEmpty(field));
    }

    private static List<Relation> relations(Paragraph paragraph, String field) throws FormatException {
        return RelationParser.relations(field, paragraph.getOrEmpty(field));
    }

    private static MultiArch multiArch(String text) throws FormatException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "no" -> MultiArch.NO;
            case "same" -> MultiArch.SAME;
            case "foreign" -> MultiArch.FOREIGN;
            case "allowed" -> MultiArch.ALLOWED;
            default -> throw new FormatException("Multi-Arch", "not known: " + cut(text, 60));
        };
    }

    /** Only a hint, so what is not known counts as what most packages are. */
    private static Importance importance(String text) {
        for (Importance importance : Importance.values()) {
            if (importance.name().equalsIgnoreCase(text)) {
                return importance;
            }
        }
        return Importance.OPTIONAL;
    }

    /** The field is {@code NAME} or {@code NAME (VERSION)}. */
    private static Optional<String> source(Paragraph paragraph) throws FormatException {
        Optional<String> source = paragraph.get("Source");
        if (source.isEmpty()) {
            return source;
        }
        int parenthesis = source.get().indexOf('(');
        String name = (parenthesis < 0 ? source.get() : source.get().substring(0, parenthesis)).strip();
        if (!PackageName.isValid(name)) {
            throw new FormatException("Source", "no name of a package: " + cut(name, 60));
        }
        return Optional.of(name);
    }

    /** The field is in KiB, rounded up; an estimate, so that nothing depends on it. */
    private static long installedSize(Paragraph paragraph) throws FormatException {
        Optional<String> text = paragraph.get("Installed-Size");
        if (text.isEmpty()) {
            return 0;
        }
        long size = Digits.size(text.get())
                .orElseThrow(() -> new FormatException("Installed-Size", "no number: " + cut(text.get(), 60)));
        return size > Long.MAX_VALUE / 1024 ? Long.MAX_VALUE : size * 1024;
    }

    private static Optional<ArchiveFile> file(Paragraph paragraph) throws FormatException {
        Optional<String> name = paragraph.get("Filename");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String confined = ConfinedName.of(name.get())
                .orElseThrow(
                        () -> new FormatException("Filename", "leads out of the archive: " + cut(name.get(), 100)));
        String octets = paragraph.getOrEmpty("Size");
        long size = Digits.size(octets)
                .orElseThrow(() -> new FormatException("Size", "no number: " + cut(octets, 60)));
        String digest = Digits.hexadecimal(paragraph.getOrEmpty("SHA256"), 64)
                .orElseThrow(() -> new FormatException("SHA256", "the index has no SHA-256 of the file"));
        return Optional.of(new ArchiveFile(confined, size, digest));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
