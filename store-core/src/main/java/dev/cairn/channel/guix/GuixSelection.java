// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Selection;
import dev.cairn.channel.guix.source.Knowledge;
import dev.cairn.channel.guix.source.Location;
import dev.cairn.channel.guix.source.PropagatedInput;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.packages.VersionOrder;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The work for one wish. Used once, by one thread. */
final class GuixSelection {
    /** What propagates more than that is a mistake, or a trap. */
    private static final int DEEPEST = 100;

    private final String channel;
    private final OpenRevision revision;
    private final GuixAdvice advice;
    private final Daemon daemon;
    private final Undecided undecided;
    private final Map<Chosen, ManifestEntry> entries = new LinkedHashMap<>();
    private final SequencedSet<Chosen> underWay = new LinkedHashSet<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();

    private record Chosen(String name, String version, String output) {
        String label() {
            return name + "@" + version + (output.equals("out") ? "" : ":" + output);
        }
    }

    GuixSelection(
            String channel, OpenRevision revision, GuixAdvice advice, Daemon daemon, Undecided undecided) {
        this.channel = channel;
        this.revision = revision;
        this.advice = advice;
        this.daemon = daemon;
        this.undecided = undecided;
    }

    /** The entry of a package, with those of what it propagates. */
    ManifestEntry entry(String name, String version, String output) throws CairnException {
        return entry(new Chosen(name, version, output));
    }

    private ManifestEntry entry(Chosen chosen) throws CairnException {
        ManifestEntry known = entries.get(chosen);
        if (known != null) {
            return known;
        }
        if (!underWay.add(chosen) || underWay.size() > DEEPEST) {
            throw new ChannelException.Unsatisfiable(
                    "'" + chosen.label() + "' propagates itself, by way of "
                            + String.join(", ", underWay.stream().map(Chosen::label).toList()),
                    Optional.of("This is a mistake in Guix's modules, or in how they were read: report it."));
        }
        List<ItemTable.Item> own = revision.items().of(chosen.name()).stream()
                .filter(item -> item.version().equals(chosen.version()))
                .toList();
        StorePath item = item(chosen, own);
        Knowledge knowledge = knowledge(chosen, own.getFirst().location());
        List<ManifestEntry> propagated = new ArrayList<>();
        for (PropagatedInput input : knowledge.inputs()) {
            Optional<Chosen> meant = meant(input);
            if (meant.isPresent()) {
                propagated.add(entry(meant.get()));
            } else {
                notes.add("'" + chosen.label() + "' brings along '" + input + "', which the service does not list.");
            }
        }
        ManifestEntry entry = new ManifestEntry(
                chosen.name(),
                chosen.version(),
                chosen.output(),
                item,
                propagated,
                searchPaths(chosen, knowledge),
                ManifestEntry.fromChannel(channel));
        underWay.remove(chosen);
        entries.put(chosen, entry);
        return entry;
    }

    private Knowledge knowledge(Chosen chosen, Optional<Location> location) throws CairnException {
        Knowledge knowledge = location.isPresent()
                ? revision.knowledge().of(chosen.name(), chosen.version(), location.get())
                : new Knowledge.Unknown("the service does not say where it is defined");
        if (knowledge instanceof Knowledge.Unknown unknown) {
            notes.add(GuixAdvice.unknown(
                    chosen.label(), location.map(Location::toString).orElse("no location"), unknown.why()));
        }
        return knowledge;
    }

    /** Those that are known; where there may be more, those too that a package of the name is known to want. */
    private static List<SearchPathSpecification> searchPaths(Chosen chosen, Knowledge knowledge) {
        if (knowledge instanceof Knowledge.Known known) {
            return known.searchPaths();
        }
        SequencedSet<SearchPathSpecification> all = new LinkedHashSet<>(knowledge.searchPaths());
        all.addAll(UsualSearchPaths.of(chosen.name(), chosen.version()));
        return List.copyOf(all);
    }

    /** The package that an input means: without a version, the newest that is for the system. */
    private Optional<Chosen> meant(PropagatedInput input) throws CairnException {
        return revision.items().of(input.name()).stream()
                .filter(item -> item.path().isPresent())
                .filter(item -> input.version().map(item.version()::equals).orElse(true))
                .map(ItemTable.Item::version)
                .max(VersionOrder.INSTANCE)
                .map(version -> new Chosen(input.name(), version, input.output()));
    }

    /** @param own the package's lines in the table */
    private StorePath item(Chosen chosen, List<ItemTable.Item> own) throws CairnException {
        if (own.isEmpty()) {
            throw new ChannelException.Unsatisfiable(
                    "'" + chosen.label() + "' is not in commit " + revision.record().commit(),
                    Optional.of("The channel was refreshed or switched meanwhile: try again."));
        }
        List<StorePath> named = own.stream()
                .filter(item -> item.output().equals(chosen.output()))
                .flatMap(item -> item.path().stream())
                .toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (named.size() > 1) {
            return undecided.variant(named);
        }
        if (own.stream().allMatch(item -> item.path().isEmpty())) {
            throw new ChannelException.Unsatisfiable(
                    "'" + chosen.label() + "' is not for this kind of machine, " + revision.record().system(),
                    Optional.empty());
        }
        List<StorePath> open = own.stream()
                .filter(item -> item.output().isEmpty())
                .flatMap(item -> item.path().stream())
                .toList();
        SortedMap<String, StorePath> exact = open.isEmpty()
                ? new TreeMap<>()
                : undecided.outputs(chosen.name(), chosen.version(), chosen.output(), open);
        StorePath found = exact.get(chosen.output());
        if (found == null) {
            throw noOutput(chosen, own, exact);
        }
        return found;
    }

    private static ChannelException noOutput(
            Chosen chosen, List<ItemTable.Item> own, SortedMap<String, StorePath> exact) {
        TreeSet<String> possible = new TreeSet<>(exact.keySet());
        own.stream().map(ItemTable.Item::output).filter(output -> !output.isEmpty()).forEach(possible::add);
        return new ChannelException.Unsatisfiable(
                "'" + chosen.name() + "@" + chosen.version() + "' has no output '" + chosen.output() + "'",
                possible.isEmpty()
                        ? Optional.empty()
                        : Optional.of("It could be " + String.join(" or ", possible) + "."));
    }

    /** What the user should know of what was chosen. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** All that was chosen, and where it comes from. @param wanted entries made here, and others */
    Selection of(List<ManifestEntry> wanted) throws CairnException {
        List<StorePath> items = entries.values().stream().map(ManifestEntry::item).toList();
        TreeSet<StorePath> valid = new TreeSet<>(daemon.valid(items));
        List<StorePath> absent = items.stream().filter(item -> !valid.contains(item)).toList();
        SortedMap<StorePath, SubstituteInfo> offers = daemon.substitutable(absent, EventSink.NONE);
        Map<StorePath, Selection.Origin> origins = new HashMap<>();
        for (Map.Entry<Chosen, ManifestEntry> each : entries.entrySet()) {
            StorePath item = each.getValue().item();
            SubstituteInfo offer = offers.get(item);
            origins.put(
                    item,
                    offer != null || valid.contains(item)
                            ? new Selection.Origin.Fetched(Optional.ofNullable(offer).flatMap(SubstituteInfo::deriver))
                            : built(each.getKey()));
        }
        return new Selection(wanted, origins, Map.of(), notes());
    }

    private Selection.Origin built(Chosen chosen) throws CairnException {
        boolean servers = !daemon.settings().substituteUrls().isEmpty()
                || !daemon.settings().derivationSubstituteUrls().isEmpty();
        if (!servers) {
            throw advice.noServers(chosen.label());
        }
        StorePath derivation = revision.derivation(chosen.name(), chosen.version())
                .orElseThrow(() -> advice.nowhere(chosen.label()));
        notes.add(advice.built(chosen.label()));
        return new Selection.Origin.Built(derivation, chosen.output(), false);
    }
}
