// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage.ArchiveFile;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers candidates, from 1, in the order in which they are met; each name is looked up once. */
final class CandidatePool {
    private final Candidates candidates;
    private final List<Candidate> byNumber = new ArrayList<>();
    private final Map<Build, Integer> numbers = new HashMap<>();
    private final Map<String, List<Integer>> named = new HashMap<>();
    private final Map<String, List<Integer>> providing = new HashMap<>();

    /** What tells candidates apart. @param mark the file's digest, or where else it is from */
    private record Build(String name, String version, String architecture, String mark) {}

    CandidatePool(Candidates candidates) {
        this.candidates = candidates;
    }

    Candidate get(int number) {
        return byNumber.get(number - 1);
    }

    /** The candidates of a name, with those that were only met otherwise. */
    List<Integer> named(String name) throws CairnException {
        List<Integer> known = named.get(name);
        if (known == null) {
            known = new ArrayList<>();
            named.put(name, known);
            for (Candidate candidate : candidates.named(name)) {
                number(candidate);
            }
        }
        return known;
    }

    /** The candidates that provide a virtual package. */
    List<Integer> providing(String name) throws CairnException {
        List<Integer> known = providing.get(name);
        if (known == null) {
            known = new ArrayList<>();
            for (Candidate candidate : candidates.providing(name)) {
                known.add(number(candidate));
            }
            providing.put(name, known);
        }
        return known;
    }

    int number(Candidate candidate) throws CairnException {
        Build build = new Build(candidate.name(), candidate.version(), candidate.architecture(), mark(candidate));
        List<Integer> group = named(candidate.name());
        Integer known = numbers.get(build);
        if (known == null) {
            byNumber.add(candidate);
            known = byNumber.size();
            numbers.put(build, known);
            group.add(known);
        }
        return known;
    }

    private static String mark(Candidate candidate) {
        return candidate.description().file().map(ArchiveFile::sha256)
                .or(() -> candidate.installed().map(Object::toString))
                .orElse(candidate.channel());
    }
}
