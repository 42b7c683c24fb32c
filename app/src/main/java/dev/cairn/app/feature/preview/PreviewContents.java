// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.preview;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.transaction.Change;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * A plan as rows of text.
 *
 * @param summary the whole in one line
 * @param built names of what is built on this machine, inputs first
 * @param impure names of packages whose build sees the host's tools
 * @param notes sentences on what the user might not expect
 * @param recommended whether what the package recommends comes along, where that can be chosen
 * @param noted whether what is remembered of a package changes, if nothing else does
 * @param fetched items that others have built and that are downloaded, the largest first, with their sizes
 * @param missing a sentence on items that are needed and that no server offers
 * @param rebuilt packages that stay in their version, but are made again because of what they need
 */
public record PreviewContents(
        String summary,
        List<String> built,
        List<String> impure,
        List<String> notes,
        Optional<Boolean> recommended,
        boolean noted,
        List<Row> adds,
        List<Row> upgrades,
        List<Row> downgrades,
        List<Row> rebuilt,
        List<Row> removes,
        List<Row> fetched,
        Optional<String> missing) {
    private static final Messages TEXTS = Messages.of("preview");
    private static final int MOST_MISSING = 5;

    /**
     * One changed package.
     *
     * @param detail its version, or both versions
     * @param reason why it changes, when the user did not ask for it; else empty
     */
    public record Row(String name, String detail, String reason) {
        /** Whether it changes only because of others. */
        boolean comesAlong() {
            return !reason.isEmpty();
        }
    }

    static PreviewContents of(Plan plan) {
        List<Row> adds = new ArrayList<>();
        List<Row> upgrades = new ArrayList<>();
        List<Row> downgrades = new ArrayList<>();
        List<Row> removes = new ArrayList<>();
        for (Change change : plan.changes()) {
            String name = name(change.entry());
            switch (change) {
                case Change.Added added -> adds.add(new Row(name, added.entry().version(), added.reason()));
                case Change.Upgraded upgraded ->
                    (upgraded.isDowngrade() ? downgrades : upgrades)
                            .add(new Row(name, versions(upgraded), upgraded.reason()));
                case Change.Removed removed -> removes.add(new Row(name, removed.entry().version(), removed.reason()));
            }
        }
        List<String> built = plan.toBuild().stream().map(NamedDerivation::nameOf).toList();
        List<Row> rebuilt = plan.rebuilt().stream().map(name -> new Row(name, "", "")).toList();
        return new PreviewContents(
                summary(plan), built, plan.impure(), plan.notes(), recommended(plan), plan.noted(), adds, upgrades,
                downgrades, rebuilt, removes, fetched(plan), missing(plan));
    }

    private static List<Row> fetched(Plan plan) {
        return plan.downloads().items().values().stream()
                .sorted(Comparator.comparingLong(SubstituteInfo::narSize).reversed())
                .map(info -> new Row(info.path().name(), sizes(info), ""))
                .toList();
    }

    private static String sizes(SubstituteInfo info) {
        List<String> parts = new ArrayList<>();
        info.downloadSize().ifPresent(size -> parts.add(TEXTS.text("summary.download", ByteSizes.text(size))));
        if (info.narSize() > 0) {
            parts.add(TEXTS.text("summary.disk", ByteSizes.text(info.narSize())));
        }
        return parts.isEmpty() ? TEXTS.text("size.unknown") : String.join(" \u00b7 ", parts);
    }

    private static Optional<String> missing(Plan plan) {
        SortedSet<StorePath> none = plan.downloads().missing();
        if (none.isEmpty()) {
            return Optional.empty();
        }
        String names = none.stream().limit(MOST_MISSING).map(StorePath::name).collect(Collectors.joining(", "));
        return Optional.of(TEXTS.text(
                none.size() > MOST_MISSING ? "missing.more" : "missing", names, none.size() - MOST_MISSING));
    }

    /** Only for a single package of an archive. */
    private static Optional<Boolean> recommended(Plan plan) {
        if (plan.requests().size() != 1
                || !(plan.requests().getFirst() instanceof Request.Install(Specification wanted, _))) {
            return Optional.empty();
        }
        return plan.result().entries().stream()
                .filter(entry -> entry.name().equals(wanted.name()) && entry.isMarked(ManifestEntry.DEBIAN))
                .findFirst()
                .map(entry -> !entry.isMarked(ManifestEntry.WITHOUT_RECOMMENDED));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return !noted
                && adds.isEmpty()
                && upgrades.isEmpty()
                && downgrades.isEmpty()
                && rebuilt.isEmpty()
                && removes.isEmpty();
    }

    /** What a plan costs, as one line: what is fetched, what is built here, or that all is there. */
    public static String summary(Plan plan) {
        List<String> parts = new ArrayList<>();
        if (plan.isEmpty()) {
            return TEXTS.text("summary.nothing");
        }
        if (plan.downloadSize().orElse(0) > 0) {
            parts.add(TEXTS.text("summary.download", ByteSizes.text(plan.downloadSize().getAsLong())));
        } else if (plan.downloadSize().isEmpty() && !plan.downloads().items().isEmpty()) {
            parts.add(TEXTS.text("summary.download.unknown"));
        }
        if (plan.downloads().installedSize() > 0) {
            parts.add(TEXTS.text("summary.disk", ByteSizes.text(plan.downloads().installedSize())));
        }
        int items = plan.toBuild().size() + plan.prepared().size() + plan.downloads().items().size();
        if (items > 0) {
            parts.add(TEXTS.text("summary.items", items));
            parts.add(TEXTS.text(plan.toBuild().isEmpty() ? "summary.prebuilt" : "summary.built"));
        }
        return parts.isEmpty() ? TEXTS.text("summary.present") : String.join(" \u00b7 ", parts);
    }

    private static String name(ManifestEntry entry) {
        return entry.output().equals("out") ? entry.name() : entry.name() + ":" + entry.output();
    }

    private static String versions(Change.Upgraded change) {
        String before = change.before().version();
        String after = change.entry().version();
        return before.equals(after) ? TEXTS.text("version.rebuilt", after) : before + " \u2192 " + after;
    }
}
