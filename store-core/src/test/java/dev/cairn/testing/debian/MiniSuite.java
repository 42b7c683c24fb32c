// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One suite of a {@link MiniArchive}: its packages, and how its indices are written. Unless something else is said:
 * dated a day ago, never expiring, indices as .xz and .gz and by hash, descriptions in the indices themselves,
 * InRelease and Release.gpg both, signed by {@link SigningKey#first}.
 */
public final class MiniSuite {
    /** Something that is wrong with a suite. */
    public enum Flaw {
        /** A word of the release changed after it was signed. */
        BAD_SIGNATURE,
        /** There is a Release, and nothing that signs it. */
        NOT_SIGNED,
        /** The signature is of a digest that is no longer safe. */
        WEAK_DIGEST,
        /** The release promises other contents of the indices. */
        WRONG_HASH,
        /** The indices end early. */
        TRUNCATED_INDEX,
        /** The indices are longer than the release says. */
        OVERSIZED_INDEX,
        /** There is only Release with Release.gpg, which is no flaw but as good. */
        NO_INRELEASE
    }

    final String name;
    final Map<String, List<DebWriter>> components = new LinkedHashMap<>();
    final Map<String, String> fields = new LinkedHashMap<>();
    final Set<String> architectures = new LinkedHashSet<>(List.of("amd64"));
    final Set<Packing> packings = EnumSet.of(Packing.XZ, Packing.GZIP);
    final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
    SigningKey key = SigningKey.first();
    Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.DAYS);
    Optional<Instant> validUntil = Optional.empty();
    boolean byHash = true;
    boolean translated;
    Optional<Boolean> patches = Optional.empty();
    /** What indices were when they were written before, the oldest first, by name. */
    final Map<String, List<byte[]>> history = new HashMap<>();

    MiniSuite(String name) {
        this.name = name;
        fields.put("Origin", "Mini");
        fields.put("Label", "Mini");
        if (!flat()) {
            fields.put("Suite", name.startsWith("bookworm") ? "stable" + name.substring(8) : name);
            fields.put("Codename", name);
        }
    }

    /** Adds a package to a component, and makes the component and the architecture known if they were not yet. */
    public MiniSuite add(String component, DebWriter... packages) {
        List<DebWriter> all = components.computeIfAbsent(component, _ -> new ArrayList<>());
        for (DebWriter deb : packages) {
            all.add(deb);
            if (!deb.architecture().equals("all")) {
                architectures.add(deb.architecture());
            }
        }
        return this;
    }

    /** Takes away all packages of this name. */
    public MiniSuite remove(String name) {
        components.values().forEach(packages -> packages.removeIf(deb -> deb.name().equals(name)));
        return this;
    }

    /** Sets a field of the release, such as {@code Suite}, {@code Codename} or {@code Origin}. */
    public MiniSuite field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** When the release says that it was made; sub-seconds are dropped. */
    public MiniSuite date(Instant time) {
        date = time.truncatedTo(ChronoUnit.SECONDS);
        return this;
    }

    public MiniSuite validUntil(Instant time) {
        validUntil = Optional.of(time.truncatedTo(ChronoUnit.SECONDS));
        return this;
    }

    /** The forms in which the indices are there; the plain one is always listed, but written only if it is named. */
    public MiniSuite packings(Packing first, Packing... more) {
        packings.clear();
        packings.addAll(EnumSet.of(first, more));
        return this;
    }

    /** Indices only under their names, not by hash. */
    public MiniSuite withoutByHash() {
        byHash = false;
        return this;
    }

    /** Long descriptions in {@code i18n/Translation-en} rather than in the indices. */
    public MiniSuite translated() {
        translated = true;
        return this;
    }

    /**
     * From now on, changes of the indices beside them.
     *
     * @param merged whether each leads to what is there now, not just to what came next
     */
    public MiniSuite patches(boolean merged) {
        patches = Optional.of(merged);
        return this;
    }

    public MiniSuite signedBy(SigningKey other) {
        key = other;
        return this;
    }

    public MiniSuite flaw(Flaw first, Flaw... more) {
        flaws.addAll(EnumSet.of(first, more));
        return this;
    }

    /** Takes all flaws away. */
    public MiniSuite sound() {
        flaws.clear();
        return this;
    }

    public String name() {
        return name;
    }

    /** Whether it has no components: its name ends with a slash. */
    boolean flat() {
        return name.endsWith("/");
    }
}
