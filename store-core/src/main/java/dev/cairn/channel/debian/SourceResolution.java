// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.debian.ArchiveSource.Relaxed;
import dev.cairn.debian.AptConf;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.debian.SourceEntry;
import dev.cairn.error.FormatException;
import dev.cairn.http.Login;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Turns entries of apt's sources into archives, with what apt's settings add to them. */
final class SourceResolution {
    private final AptFiles files;
    private final AptConf conf;
    private final List<String> architectures;
    private final List<Path> trusted;
    private final AptProxies proxies;
    private Optional<AptLogins> logins = Optional.empty();
    private final List<ConfigurationProblem> problems;

    /**
     * @param architectures the machine's, its own first
     * @param trusted keyrings for entries that name none
     * @param problems takes what cannot be followed
     */
    SourceResolution(
            AptFiles files,
            AptConf conf,
            List<String> architectures,
            List<Path> trusted,
            Map<String, String> environment,
            List<ConfigurationProblem> problems) {
        this.files = files;
        this.conf = conf;
        this.architectures = architectures;
        this.trusted = trusted;
        this.proxies = new AptProxies(conf, environment);
        this.problems = problems;
    }

    /** One source for each suite of each address; those that differ in components only are made one. */
    List<ArchiveSource> resolve(List<SourceEntry> entries) {
        List<ArchiveSource> sources = new ArrayList<>();
        for (SourceEntry entry : entries) {
            if (entry.trusted().filter(yes -> !yes).isPresent()) {
                report(entry, "is marked as not to be trusted, and is not used");
                continue;
            }
            Optional<List<Path>> keyrings = keyrings(entry);
            if (keyrings.isEmpty()) {
                continue;
            }
            for (String address : entry.addresses()) {
                Optional<SourceAddress> archive = address(entry, substituted(address));
                Optional<ArchiveAccess> access = archive.flatMap(known -> access(entry, known));
                for (String suite : access.isPresent() ? entry.suites() : List.<String>of()) {
                    add(sources, source(entry, archive.get().archive(), access.get(), suite(suite), keyrings.get()));
                }
            }
        }
        return sources;
    }

    private Optional<SourceAddress> address(SourceEntry entry, String text) {
        try {
            return Optional.of(SourceAddress.read(text));
        } catch (FormatException e) {
            report(entry, e.getMessage().substring((e.format() + ": ").length()));
            return Optional.empty();
        }
    }

    /** The keyrings that the entry names, or those of apt's own trust; nothing if a name cannot be one of a file. */
    private Optional<List<Path>> keyrings(SourceEntry entry) {
        SourceEntry.Signers signers = entry.signers();
        if (signers.files().isEmpty()) {
            return Optional.of(signers.key().isPresent() ? List.of() : trusted);
        }
        try {
            return Optional.of(signers.files().stream().map(files::below).toList());
        } catch (InvalidPathException _) {
            report(entry, "Signed-By has a name that no file can have");
            return Optional.empty();
        }
    }

    /** How an archive is reached; nothing, with a report, if it must not be. */
    private Optional<ArchiveAccess> access(SourceEntry entry, SourceAddress address) {
        AptProxies.Choice proxy = proxies.choose(address.archive());
        proxy.problem().ifPresent(problem -> report(entry, problem));
        if (!proxy.reachable()) {
            return Optional.empty();
        }
        boolean local = address.archive().getScheme().equals("file");
        Optional<Login> login = local
                ? Optional.empty()
                : address.login().or(() -> logins().find(address.archive()));
        return Optional.of(new ArchiveAccess(proxy.proxy(), login, address.mirrors()));
    }

    /** Read only where there is an archive that might want one. */
    private AptLogins logins() {
        if (logins.isEmpty()) {
            logins = Optional.of(AptLogins.read(files, conf));
        }
        return logins.get();
    }

    private ArchiveSource source(
            SourceEntry entry, URI archive, ArchiveAccess access, String suite, List<Path> keyrings) {
        SourceEntry.Signers signers = entry.signers();
        return new ArchiveSource(
                archive,
                suite,
                List.copyOf(new LinkedHashSet<>(
                        entry.components().stream().map(this::substituted).toList())),
                architectures(entry.architectures()),
                keyrings,
                signers.key(),
                signers.fingerprints(),
                relaxed(entry),
                access,
                reading(entry.reading()),
                entry.file() + ":" + entry.line());
    }

    private List<String> architectures(SourceEntry.Architectures wanted) {
        SequencedSet<String> all = new LinkedHashSet<>(wanted.only().isEmpty() ? architectures : wanted.only());
        all.addAll(wanted.added());
        wanted.removed().forEach(all::remove);
        String own = architectures.getFirst();
        if (all.remove(own)) {
            all.addFirst(own);
        }
        return List.copyOf(all);
    }

    /**
     * What is switched off. Without dates nothing can expire. An archive without signatures that apt would only list
     * ({@code AllowInsecureRepositories}) is relaxed only where apt would install from it unasked too.
     */
    private Relaxed relaxed(SourceEntry entry) {
        boolean insecure = entry.allowInsecure().orElseGet(() -> conf.flag("Acquire::AllowInsecureRepositories", false))
                && conf.flag("APT::Get::AllowUnauthenticated", false);
        boolean date = !entry.checkDate().orElseGet(() -> conf.flag("Acquire::Check-Date", true));
        boolean validUntil =
                !entry.checkValidUntil().orElseGet(() -> conf.flag("Acquire::Check-Valid-Until", true));
        return new Relaxed(entry.trusted().orElse(false) || insecure, validUntil || date, date);
    }

    private ArchiveReading reading(SourceEntry.Reading said) {
        return new ArchiveReading(
                byHash(said.byHash().or(() -> conf.get("Acquire::By-Hash"))),
                said.patches().orElseGet(() -> conf.flag("Acquire::PDiffs", true)),
                said.translated(),
                said.inRelease(),
                said.validAtLeast().or(() -> seconds("Acquire::Min-ValidTime")),
                said.validAtMost().or(() -> seconds("Acquire::Max-ValidTime")),
                said.future().or(() -> seconds("Acquire::Max-FutureTime")).orElse(ArchiveReading.USUAL.future()));
    }

    private static ArchiveReading.ByHash byHash(Optional<String> said) {
        String word = said.orElse("yes");
        if (word.equals("force")) {
            return ArchiveReading.ByHash.ALWAYS;
        }
        return AptConf.truth(word).orElse(true) ? ArchiveReading.ByHash.OFFERED : ArchiveReading.ByHash.NEVER;
    }

    private Optional<Duration> seconds(String setting) {
        return conf.get(setting).flatMap(SourceEntry.Reading::seconds);
    }

    /** Adds a source, or its components to one that is the same otherwise. */
    private static void add(List<ArchiveSource> sources, ArchiveSource source) {
        for (int i = 0; i < sources.size(); i++) {
            ArchiveSource known = sources.get(i);
            SequencedSet<String> components = new LinkedHashSet<>(known.components());
            components.addAll(source.components());
            ArchiveSource joined = with(known, List.copyOf(components), known.origin());
            if (joined.equals(with(source, List.copyOf(components), known.origin()))) {
                sources.set(i, joined);
                return;
            }
        }
        sources.add(source);
    }

    private static ArchiveSource with(ArchiveSource source, List<String> components, String origin) {
        return new ArchiveSource(
                source.archive(),
                source.suite(),
                components,
                source.architectures(),
                source.keyrings(),
                source.keys(),
                source.fingerprints(),
                source.relaxed(),
                source.access(),
                source.reading(),
                origin);
    }

    /** Suites that end with a slash are folders below the archive; its root is always written {@code ./}. */
    private String suite(String text) {
        String suite = substituted(text);
        while (suite.startsWith("./")) {
            suite = suite.substring(2);
        }
        return suite.isEmpty() || suite.equals("/") ? "./" : suite;
    }

    private String substituted(String text) {
        return text.replace("$(ARCH)", architectures.getFirst());
    }

    private void report(SourceEntry entry, String text) {
        var problem = new ConfigurationProblem(entry.file(), entry.line(), text);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
