// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.ManifestPrinter;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the store item that a manifest describes, by the builder {@code builtin:profile} (formats, section 10.10).
 * Where there are packages of Debian archives, {@code builtin:debian-overlay} first makes the files that lie over what
 * they bring; the profile has it as {@code debian}.
 */
final class ProfileItem {
    /** Changes with what the builder makes of the same packages. */
    private static final String OVERLAY_FORMAT = "1";

    /** Items of Guix's that have tools which make caches over all packages of a profile. */
    private static final Pattern TOOLS = Pattern.compile(
            "(?:glib|gtk\\+?|gdk-pixbuf(?:\\+svg)?|shared-mime-info|man-db|mkfontscale|mkfontdir|ghc)-[0-9].*");

    private final Daemon daemon;
    private final String system;
    private final BuildOptions options;
    private final EventSink events;

    private ProfileItem(Daemon daemon, String system, BuildOptions options, EventSink events) {
        this.daemon = daemon;
        this.system = system;
        this.options = options;
        this.events = events;
    }

    /**
     * Builds the item, or finds it in the store.
     *
     * @param manifest of valid items
     */
    static StorePath realise(
            Daemon daemon, Manifest manifest, String system, BuildOptions options, EventSink events)
            throws CairnException {
        return new ProfileItem(daemon, system, options, events).of(manifest);
    }

    private StorePath of(Manifest manifest) throws CairnException {
        byte[] text = ManifestPrinter.print(manifest).getBytes(StandardCharsets.UTF_8);
        StorePath source = daemon.addText("manifest", text, manifest.items());
        DerivationBuilder profile =
                builder("profile").source(source).variable("manifest", source.toString());
        SortedSet<StorePath> tools = tools(manifest);
        if (!tools.isEmpty()) {
            tools.forEach(profile::source);
            profile.variable("tools", words(tools));
        }
        Optional<StorePath> overlay = overlay(manifest);
        if (overlay.isPresent()) {
            profile.source(overlay.get()).variable("debian", overlay.get().toString());
        }
        return build(profile);
    }

    /** What the packages need themselves that can make caches over all of them. */
    private SortedSet<StorePath> tools(Manifest manifest) throws CairnException {
        SortedSet<StorePath> items = new TreeSet<>();
        for (ManifestEntry entry : manifest.transitiveEntries()) {
            if (!entry.isMarked(ManifestEntry.DEBIAN)) {
                items.add(entry.item());
            }
        }
        SortedSet<StorePath> tools = new TreeSet<>();
        if (!items.isEmpty()) {
            daemon.requisites(items).stream()
                    .map(PathInfo::path)
                    .filter(path -> TOOLS.matcher(path.name()).matches())
                    .forEach(tools::add);
        }
        return tools;
    }

    private static String words(SortedSet<StorePath> items) {
        return items.stream().map(StorePath::toString).collect(Collectors.joining(" "));
    }

    private Optional<StorePath> overlay(Manifest manifest) throws CairnException {
        SortedSet<StorePath> packages = new TreeSet<>();
        for (ManifestEntry entry : manifest.entries()) {
            if (entry.properties().containsKey(ManifestEntry.DEBIAN)) {
                packages.add(entry.item());
            }
        }
        if (packages.isEmpty()) {
            return Optional.empty();
        }
        DerivationBuilder overlay = builder("debian-overlay").variable("format", OVERLAY_FORMAT);
        packages.forEach(overlay::source);
        overlay.variable("packages", words(packages));
        return Optional.of(build(overlay));
    }

    private DerivationBuilder builder(String name) {
        return new DerivationBuilder(name, system, "builtin:" + name)
                .variable("preferLocalBuild", "1")
                .variable("allowSubstitutes", "0");
    }

    private StorePath build(DerivationBuilder builder) throws CairnException {
        DerivationHasher<IllegalStateException> hasher = new DerivationHasher<>(daemon.storeDirectory(), input -> {
            throw new IllegalStateException("a profile has no input derivations: " + input);
        });
        NamedDerivation derivation = builder.build(hasher);
        StorePath item = daemon.addText(
                derivation.name() + NamedDerivation.SUFFIX, derivation.text(), derivation.derivation().references());
        daemon.build(List.of(BuildTarget.all(item)), options, events);
        return daemon.realised(derivation.output("out"));
    }
}
