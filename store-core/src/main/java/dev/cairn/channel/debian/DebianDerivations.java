// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.TextItem;
import dev.cairn.debian.Architectures;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Makes the three kinds of derivations that packages of archives are made by, and adds them to the store. */
final class DebianDerivations {
    private static final String FORMAT = "1";

    /** What is left of the 211 characters that a derivation's name may have, of names and versions. */
    private static final int LONGEST = 80;

    private final String system;
    private final String architecture;
    private final Daemon daemon;
    private final Map<StorePath, NamedDerivation> made = new HashMap<>();
    /** Those of them that are to be added. */
    private final SequencedMap<StorePath, NamedDerivation> wanted = new LinkedHashMap<>();
    /** By the very object: a package has much to compare. */
    private final Map<BinaryPackage, Contents> contents = new IdentityHashMap<>();
    private final DerivationHasher<CairnException> hasher;

    /**
     * The contents of a package.
     *
     * @param derivation how they are made; empty if they are in the store and nobody knows how
     * @param download how the package's file is fetched; empty if no archive has it
     */
    record Contents(StorePath path, Optional<NamedDerivation> derivation, Optional<NamedDerivation> download) {}

    /** @param system such as {@code x86_64-linux} */
    DebianDerivations(String system, Daemon daemon) {
        this.system = system;
        this.architecture = Architectures.of(system);
        this.daemon = daemon;
        this.hasher = new DerivationHasher<>(daemon.storeDirectory(), this::derivation);
    }

    private Derivation derivation(StorePath path) throws CairnException {
        NamedDerivation known = made.get(path);
        return known == null ? DerivationItems.read(daemon, path) : known.derivation();
    }

    /**
     * How the contents of a package are made; {@link #add} adds that.
     *
     * @throws DaemonException.NotValid when no archive has the package, and the store has it no longer
     */
    Contents want(Candidate candidate) throws CairnException {
        Contents found = contents(candidate);
        found.download().ifPresent(this::want);
        if (found.download().isPresent()) {
            found.derivation().ifPresent(this::want);
        }
        return found;
    }

    private void want(NamedDerivation derivation) {
        wanted.put(derivation.path(), derivation);
    }

    /**
     * How the contents of a package are made, or would be.
     *
     * @throws DaemonException.NotValid when no archive has the package, and the store has it no longer
     */
    Contents contents(Candidate candidate) throws CairnException {
        Contents known = contents.get(candidate.description());
        if (known == null) {
            known = of(candidate);
            contents.put(candidate.description(), known);
        }
        return known;
    }

    private Contents of(Candidate candidate) throws CairnException {
        Optional<BinaryPackage.ArchiveFile> file = candidate.description().file();
        if (file.isEmpty() || candidate.addresses().isEmpty()) {
            return kept(candidate);
        }
        NamedDerivation download = file(candidate, file.get());
        NamedDerivation unpacking = remember(new DerivationBuilder(
                        part(candidate.name()) + "-" + part(candidate.version()) + "-contents",
                        system,
                        "builtin:debian-contents")
                .input(download)
                .variable("src", download.output("out").toString())
                .variable("format", FORMAT)
                .build(hasher));
        return new Contents(unpacking.output("out"), Optional.of(unpacking), Optional.of(download));
    }

    private NamedDerivation file(Candidate candidate, BinaryPackage.ArchiveFile file) throws CairnException {
        List<Datum> addresses = candidate.addresses().stream()
                .<Datum>map(address -> new Datum.Text(address.toString()))
                .toList();
        Datum url = addresses.size() == 1 ? addresses.getFirst() : new Datum.Listing(addresses, Optional.empty());
        String name = part(candidate.name()) + "_" + part(candidate.version()) + "_"
                + candidate.description().architecture() + ".deb";
        return remember(new DerivationBuilder(name, system, "builtin:download")
                .fixedOutput(Hash.parse(HashAlgorithm.SHA256, file.sha256()), false)
                .variable("url", SchemePrinter.print(url))
                .build(hasher));
    }

    /**
     * What only the store has. Where it still knows how the contents were made they are made so again: then what they
     * become part of keeps its name, too.
     */
    private Contents kept(Candidate candidate) throws CairnException {
        StorePath path = candidate.installed().orElseThrow(() -> new IllegalArgumentException(
                "'" + candidate.description().label() + "' is neither in an archive nor installed"));
        daemon.addTemporaryRoot(path);
        PathInfo info = daemon.pathInfo(path).orElseThrow(() -> new DaemonException.NotValid(path));
        Optional<StorePath> deriver = info.deriver();
        if (deriver.isPresent()) {
            daemon.addTemporaryRoot(deriver.get());
            if (daemon.isValid(deriver.get())) {
                return new Contents(path, Optional.of(new NamedDerivation(
                        deriver.get(), DerivationItems.read(daemon, deriver.get()))), Optional.empty());
            }
        }
        return new Contents(path, Optional.empty(), Optional.empty());
    }

    /**
     * How packages that need each other are made, mostly a single one; {@link #add} adds that.
     *
     * @param members sorted
     * @param contents of each
     * @param needed the items that they depend on, themselves left out
     */
    NamedDerivation packages(List<Candidate> members, List<Contents> contents, List<NamedDerivation> needed)
            throws CairnException {
        Candidate first = members.getFirst();
        String name = part(first.name()) + "-" + part(first.version())
                + (members.size() > 1 ? "-and-" + (members.size() - 1) + "-more" : "");
        DerivationBuilder builder = new DerivationBuilder(name, system, "builtin:debian-package");
        for (Contents part : contents) {
            part.derivation().ifPresentOrElse(builder::input, () -> builder.source(part.path()));
        }
        needed.forEach(builder::input);
        NamedDerivation packages = remember(builder
                .variable("packages", words(members.stream().map(this::label).toList()))
                .variable("contents", words(contents.stream().map(part -> part.path().toString()).toList()))
                .variable(
                        "dependencies",
                        words(needed.stream().map(one -> one.output("out").toString()).sorted().toList()))
                .variable("format", FORMAT)
                .build(hasher));
        want(packages);
        return packages;
    }

    private String label(Candidate candidate) {
        String own = candidate.description().architecture();
        return own.equals("all") || own.equals(architecture) ? candidate.name() : candidate.name() + ":" + own;
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }

    /** A name or version as part of an item's name; what such names cannot have becomes an underscore. */
    private static String part(String text) {
        return text.chars()
                .limit(LONGEST)
                .mapToObj(c -> isNameCharacter(c) ? Character.toString(c) : "_")
                .collect(Collectors.joining());
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+-._?=".indexOf(c) >= 0;
    }

    private NamedDerivation remember(NamedDerivation derivation) {
        made.put(derivation.path(), derivation);
        return derivation;
    }

    /** Adds all that are wanted to the store, inputs first. */
    void add() throws DaemonException {
        daemon.addTexts(wanted.values().stream()
                .map(one -> new TextItem(
                        one.name() + NamedDerivation.SUFFIX, one.text(), one.derivation().references()))
                .toList());
    }
}
