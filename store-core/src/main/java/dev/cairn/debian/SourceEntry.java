// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A line or paragraph of apt's sources (sources.list(5)) for packages that are built; switched-off ones and those of
 * source code are left out by the readers. Texts are as written: neither addresses nor variables in them are resolved.
 *
 * @param file where it stands
 * @param line where it starts
 * @param addresses one or more
 * @param suites one or more; those that end with a slash go without components
 * @param components none for suites that end with a slash
 * @param architectures which ones
 * @param signers who may sign
 * @param trusted whether signatures are to be looked at, where the entry says so
 * @param allowInsecure whether an archive without signatures is taken, where the entry says so
 * @param checkValidUntil whether to look when an index expires, where the entry says so
 * @param checkDate whether to look at dates at all, where the entry says so
 * @param reading what else it says of how to read it
 */
public record SourceEntry(
        String file,
        int line,
        List<String> addresses,
        List<String> suites,
        List<String> components,
        Architectures architectures,
        Signers signers,
        Optional<Boolean> trusted,
        Optional<Boolean> allowInsecure,
        Optional<Boolean> checkValidUntil,
        Optional<Boolean> checkDate,
        Reading reading) {
    /**
     * Architectures of an entry.
     *
     * @param only these rather than those of apt's settings; empty if the entry does not say
     * @param added beside them
     * @param removed from them
     */
    public record Architectures(List<String> only, List<String> added, List<String> removed) {
        public Architectures {
            only = List.copyOf(only);
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Who may sign ({@code Signed-By}); all empty if the entry does not say.
     *
     * @param files names of keyrings
     * @param fingerprints 40 hexadecimal digits in upper case, perhaps with an exclamation mark behind them
     * @param key armoured, as part of the entry
     */
    public record Signers(List<String> files, List<String> fingerprints, Optional<String> key) {
        public Signers {
            files = List.copyOf(files);
            fingerprints = List.copyOf(fingerprints);
        }
    }

    /**
     * How indices are read, where the entry says something of it.
     *
     * @param byHash a word for yes or no, or {@code force}
     * @param patches whether changes of indices may be taken ({@code PDiffs})
     * @param translated whether descriptions that stand apart are wanted: not where {@code Languages} is {@code none}
     * @param inRelease where {@code InRelease} is, relative to its usual folder; leads to no other archive
     * @param validAtLeast how long after its date an index lasts, whatever it says ({@code Valid-Until-Min})
     * @param validAtMost how long after its date an index lasts at most ({@code Valid-Until-Max})
     * @param future how far an index may be dated ahead ({@code Date-Max-Future})
     */
    public record Reading(
            Optional<String> byHash,
            Optional<Boolean> patches,
            boolean translated,
            Optional<String> inRelease,
            Optional<Duration> validAtLeast,
            Optional<Duration> validAtMost,
            Optional<Duration> future) {
        /** A number of seconds as apt writes it; nothing for 0, which stands for no bound, and for other texts. */
        public static Optional<Duration> seconds(String text) {
            return Digits.size(text.strip())
                    .filter(number -> number > 0 && number <= Duration.ofDays(36_500).toSeconds())
                    .map(Duration::ofSeconds);
        }
    }

    public SourceEntry {
        addresses = List.copyOf(addresses);
        suites = List.copyOf(suites);
        components = List.copyOf(components);
    }
}
