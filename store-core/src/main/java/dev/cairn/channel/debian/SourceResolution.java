// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.debian.ArchiveSource.Relaxed;
import dev.cairn.debian.AptConf;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.debian.SourceEntry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
                Optional<URI> archive = archive(entry, substituted(address));
                for (String suite : archive.isPresent() ? entry.suites() : List.<String>of()) {
                    add(sources, source(entry, archive.get(), suite(suite), keyrings.get()));
                }
            }
        }
        return sources;
    }

    /** The archive's address, ending with a slash. */
    private Optional<URI> archive(SourceEntry entry, String address) {
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = address.substring(colon + 1);
        try {
            URI archive = switch (scheme) {
                case "http", "https" -> new URI(scheme + ":" + (rest.endsWith("/") ? rest : rest + "/"));
                case "file", "copy" -> folder(rest);
                case "" -> throw new URISyntaxException(address, "no kind of address");
                default -> {
                    report(entry, "addresses of the kind " + shown(scheme) + ": are not supported");
                    yield null;
                }
            };
            if (archive != null && !scheme.equals("file") && !scheme.equals("copy") && archive.getHost() == null) {
                throw new URISyntaxException(address, "no host");
            }
            return Optional.ofNullable(archive);
        } catch (URISyntaxException e) {
            report(entry, "'" + shown(address) + "' is no address: " + e.getReason());
            return Optional.empty();
        }
    }

    /** {@code file:/a}, {@code file:///a} and {@code file://localhost/a} are the same folder. */
    private static URI folder(String rest) throws URISyntaxException {
        String path = rest.startsWith("//localhost/") ? rest.substring(11) : rest.replaceFirst("^/+", "/");
        if (!path.startsWith("/")) {
            throw new URISyntaxException(rest, "not absolute");
        }
        return new URI("file:" + (path.endsWith("/") ? path : path + "/"));
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

    private ArchiveSource source(SourceEntry entry, URI archive, String suite, List<Path> keyrings) {
        SourceEntry.Signers signers = entry.signers();
        AptProxies.Choice proxy = proxies.choose(archive);
        proxy.problem().ifPresent(problem -> report(entry, problem));
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
                proxy.proxy(),
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
                source.proxy(),
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

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
