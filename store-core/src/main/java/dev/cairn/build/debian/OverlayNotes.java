// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What packages do when they are installed and Cairn does not, for people to read. For use by one thread. */
final class OverlayNotes {
    private final SortedMap<String, SortedSet<String>> notes = new TreeMap<>();

    /**
     * Adds a note.
     *
     * @param owner the package
     * @param sentence without a full stop at the end
     */
    void add(String owner, String sentence) {
        notes.computeIfAbsent(owner, _ -> new TreeSet<>()).add(sentence.replaceAll("\\s+", " "));
    }

    /** The file {@code notes} of an overlay item: {@code PACKAGE: SENTENCE}, a line each. */
    String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach((owner, sentences) ->
                sentences.forEach(sentence -> text.append(owner).append(": ").append(sentence).append('\n')));
        return text.toString();
    }
}
