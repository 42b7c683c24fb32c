// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * What an archive says of the changes of one of its indices: the file {@code Packages.diff/Index}. Digests are SHA-256;
 * what is named by others alone does not count.
 *
 * @param current the digest of the index as it is now
 * @param merged whether each patch leads to the current index, not just to the one after
 * @param patches the oldest first
 */
public record PatchIndex(String current, boolean merged, List<Patch> patches) {
    /** Octets that such a file may have. */
    public static final int LONGEST = 4 << 20;

    private static final String FORMAT = "index of patches";
    private static final int MOST = 10_000;

    /**
     * One patch.
     *
     * @param from the digest of the index that it changes
     * @param script the patch itself, an ed script
     * @param download the patch with gzip, by the name that it is fetched by
     */
    public record Patch(String from, FileDigest script, FileDigest download) {}

    /** A file that is listed. @param size in octets */
    public record FileDigest(String name, long size, String sha256) {}

    public PatchIndex {
        patches = List.copyOf(patches);
    }

    /** Reads the file. */
    public static PatchIndex read(byte[] text) throws FormatException {
        Paragraph paragraph = ControlReader.paragraph(FORMAT, text, 0, text.length, LONGEST);
        List<FileDigest> current = section(paragraph, "SHA256-Current", false);
        if (current.size() != 1) {
            throw new FormatException(FORMAT, "it does not say by SHA-256 what the index is now");
        }
        Map<String, FileDigest> scripts = byName(section(paragraph, "SHA256-Patches", true));
        Map<String, FileDigest> downloads = byName(section(paragraph, "SHA256-Download", true));
        List<Patch> patches = new ArrayList<>();
        for (FileDigest old : section(paragraph, "SHA256-History", true)) {
            FileDigest script = scripts.get(old.name());
            FileDigest download = downloads.get(old.name() + ".gz");
            if (script == null || download == null) {
                throw new FormatException(FORMAT, "it does not list the patch " + old.name());
            }
            patches.add(new Patch(old.sha256(), script, download));
        }
        return new PatchIndex(
                current.getFirst().sha256(), paragraph.getOrEmpty("X-Patch-Precedence").equals("merged"), patches);
    }

    /** The patches that lead from an index to the current one, in order; empty where there are none. */
    public List<Patch> from(String sha256) {
        for (int i = 0; i < patches.size(); i++) {
            if (patches.get(i).from().equals(sha256)) {
                return merged ? List.of(patches.get(i)) : patches.subList(i, patches.size());
            }
        }
        return List.of();
    }

    /** Lines of digest, size, and for most a name. */
    private static List<FileDigest> section(Paragraph paragraph, String field, boolean named) throws FormatException {
        List<FileDigest> files = new ArrayList<>();
        for (String line : paragraph.getOrEmpty(field).split("\n")) {
            StringTokenizer words = new StringTokenizer(line);
            if (!words.hasMoreTokens()) {
                continue;
            }
            Optional<String> digest = Digits.hexadecimal(words.nextToken(), 64);
            Optional<Long> size = words.hasMoreTokens() ? Digits.size(words.nextToken()) : Optional.empty();
            String name = words.hasMoreTokens() ? words.nextToken() : "";
            boolean plain = name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,200}");
            if (digest.isEmpty() || size.isEmpty() || words.hasMoreTokens() || named != plain) {
                throw new FormatException(FORMAT, "a line of " + field + " is not one of digest, size and name");
            }
            if (files.size() == MOST) {
                throw new FormatException(FORMAT, "more than " + MOST + " lines of " + field);
            }
            files.add(new FileDigest(name, size.get(), digest.get()));
        }
        return files;
    }

    private static Map<String, FileDigest> byName(List<FileDigest> files) {
        Map<String, FileDigest> names = new HashMap<>();
        files.forEach(file -> names.put(file.name(), file));
        return names;
    }
}
