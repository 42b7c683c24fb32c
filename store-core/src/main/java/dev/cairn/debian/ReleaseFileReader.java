// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.debian.ReleaseFile.IndexFile;
import dev.cairn.error.FormatException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** Reads {@link ReleaseFile}s. */
final class ReleaseFileReader {
    private static final String FORMAT = "Release";
    private static final String SPACE = " \t\n\r";

    private ReleaseFileReader() {}

    static ReleaseFile read(Paragraph paragraph) throws FormatException {
        Map<String, IndexFile> files = new HashMap<>();
        section(paragraph, "SHA256", 64, files);
        section(paragraph, "SHA512", 128, files);
        section(paragraph, "SHA1", 40, files);
        section(paragraph, "MD5Sum", 32, files);
        return new ReleaseFile(
                line(paragraph, "Origin"),
                line(paragraph, "Label"),
                line(paragraph, "Suite"),
                line(paragraph, "Codename"),
                date(paragraph, "Date"),
                date(paragraph, "Valid-Until"),
                words(paragraph, "Components"),
                words(paragraph, "Architectures"),
                yes(paragraph, "Acquire-By-Hash"),
                yes(paragraph, "NotAutomatic"),
                yes(paragraph, "ButAutomaticUpgrades"),
                words(paragraph, "No-Support-for-Architecture-all").contains("Packages"),
                files);
    }

    /** Reads lines of digest, size and name. */
    private static void section(Paragraph paragraph, String field, int digits, Map<String, IndexFile> files)
            throws FormatException {
        String text = paragraph.getOrEmpty(field);
        for (int from = 0, to; from < text.length(); from = to + 1) {
            to = text.indexOf('\n', from);
            to = to < 0 ? text.length() : to;
            var words = new StringTokenizer(text.substring(from, to), SPACE);
            if (!words.hasMoreTokens()) {
                continue;
            }
            String digest = Digits.hexadecimal(words.nextToken(), digits)
                    .orElseThrow(() -> problem(field, "a line without a digest"));
            long size = Optional.of(words)
                    .filter(StringTokenizer::hasMoreTokens)
                    .flatMap(rest -> Digits.size(rest.nextToken()))
                    .orElseThrow(() -> problem(field, "a line without a size"));
            String name = Optional.of(words)
                    .filter(rest -> rest.countTokens() == 1)
                    .flatMap(rest -> ConfinedName.of(rest.nextToken()))
                    .orElseThrow(() -> problem(field, "a line without the name of a file below the suite"));
            add(field, new IndexFile(name, size, digest(digest, 64), digest(digest, 128)), files);
        }
    }

    private static Optional<String> digest(String digest, int digits) {
        return digest.length() == digits ? Optional.of(digest) : Optional.empty();
    }

    /** Joins what several sections say of one file; they must agree. */
    private static void add(String field, IndexFile file, Map<String, IndexFile> files) throws FormatException {
        IndexFile known = files.get(file.name());
        if (known == null) {
            if (files.size() == ReleaseFile.MOST_FILES) {
                throw problem(field, "more than " + ReleaseFile.MOST_FILES + " files");
            }
            files.put(file.name(), file);
            return;
        }
        boolean agree = known.size() == file.size()
                && agree(known.sha256(), file.sha256())
                && agree(known.sha512(), file.sha512());
        if (!agree) {
            throw problem(field, "two lines that differ for " + file.name());
        }
        files.put(
                file.name(),
                new IndexFile(
                        file.name(),
                        file.size(),
                        known.sha256().or(file::sha256),
                        known.sha512().or(file::sha512)));
    }

    private static boolean agree(Optional<String> a, Optional<String> b) {
        return a.isEmpty() || b.isEmpty() || a.equals(b);
    }

    private static Optional<Instant> date(Paragraph paragraph, String field) throws FormatException {
        Optional<String> text = paragraph.get(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ArchiveDate.parse(text.get())
                .orElseThrow(() -> problem(field, "no date of the form 'Sat, 10 Jun 2023 08:56:03 UTC'")));
    }

    private static String line(Paragraph paragraph, String field) throws FormatException {
        String text = paragraph.getOrEmpty(field);
        if (text.length() > 500 || text.indexOf('\n') >= 0) {
            throw problem(field, "more than one line of 500 characters");
        }
        return text;
    }

    private static List<String> words(Paragraph paragraph, String field) throws FormatException {
        var tokens = new StringTokenizer(paragraph.getOrEmpty(field), SPACE);
        if (tokens.countTokens() > 1000) {
            throw problem(field, "more than 1000 words");
        }
        return Collections.list(tokens).stream().map(String.class::cast).toList();
    }

    private static boolean yes(Paragraph paragraph, String field) {
        return paragraph.getOrEmpty(field).equalsIgnoreCase("yes");
    }

    private static FormatException problem(String field, String what) {
        return new FormatException(FORMAT, "the field " + field + " has " + what);
    }
}
