// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.channel.Wish.Wanted;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.debian.DebWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianResolverTest {
    private static final String SYSTEM = "x86_64-linux";

    private final DebianResolver resolver = new DebianResolver();
    private final Map<String, ArchiveCandidates.Offer> offers = new TreeMap<>();
    private Path folder;
    private Daemon daemon;
    private int revision;

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        folder = Files.createDirectory(root.resolve("archive"));
        daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, root.resolve("root")));
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    private static DebWriter deb(String name, String version, String depends) {
        DebWriter deb = DebWriter.of(name, version).file("usr/share/" + name, 0644, name + version);
        return depends.isEmpty() ? deb : deb.depends(depends);
    }

    /** Makes these the packages of a channel. */
    private void offer(String channel, int priority, DebWriter... debs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (DebWriter deb : debs) {
            byte[] octets = deb.octets();
            Path file = deb.write(folder);
            deb.fields().forEach((field, value) -> text.append(field).append(": ").append(value).append('\n'));
            text.append("Filename: ").append(file.getFileName()).append("\nSize: ").append(octets.length);
            text.append("\nSHA256: ").append(Hash.sha256(octets).hex()).append("\n\n");
        }
        Path packages = Files.writeString(folder.resolve("Packages-" + revision++), text);
        FetchedIndex index = new FetchedIndex(
                folder.toUri(), "stable", "main", "amd64", packages, Optional.empty(), "Example");
        offers.put(
                channel,
                new ArchiveCandidates.Offer(
                        channel, priority, PackageIndex.open(folder.resolve("index-" + revision), List.of(index))));
        resolver.take(offers.values().stream().<DebianResolver.Source>map(o -> () -> Optional.of(o)).toList());
    }

    private static Wanted exactly(String channel, String name, String version) {
        return new Wanted.Exactly(row(channel, name, version), "out");
    }

    private static CatalogPackage row(String channel, String name, String version) {
        return new CatalogPackage(
                new PackageKey(channel, name, version), List.of("out"), "", "", List.of(), Optional.empty(),
                Optional.empty(), List.of(), List.of(), List.of(), false, new TreeMap<>());
    }

    private Selection select(List<Wanted> wanted, List<ManifestEntry> installed) throws Exception {
        List<ManifestEntry> all = new Manifest(installed).transitiveEntries();
        return resolver.select(new Wish(wanted, all, SYSTEM), daemon);
    }

    private List<ManifestEntry> install(Wanted... wanted) throws Exception {
        Selection selection = select(List.of(wanted), List.of());
        build(selection);
        return selection.entries();
    }

    private void build(Selection selection) throws Exception {
        List<BuildTarget> targets = new ArrayList<>();
        for (ManifestEntry entry : selection.entries()) {
            var origin = (Selection.Origin.Built) selection.origins().get(entry.item());
            targets.add(BuildTarget.all(origin.derivation()));
        }
        daemon.build(targets, BuildOptions.DEFAULT, EventSink.NONE);
    }

    private static List<Wanted> keep(List<ManifestEntry> entries) {
        return entries.stream().<Wanted>map(Wanted.Keep::new).toList();
    }

    private static List<String> along(ManifestEntry entry) {
        return entry.propagatedInputs().stream().map(ManifestEntry::label).toList();
    }

    private static Map<String, StorePath> items(List<ManifestEntry> entries) {
        Map<String, StorePath> items = new HashMap<>();
        new Manifest(entries).transitiveEntries().forEach(entry -> items.put(entry.label(), entry.item()));
        return items;
    }

    @Test
    void listsEachPackageOnce() throws Exception {
        offer("debian", 0, deb("jq", "1.6", "libjq1, libc6"), deb("libjq1", "1.6", "libc6"),
                deb("libc6", "2.36", ""), deb("hello", "2.10", "libc6, libhello"), deb("libhello", "1", ""),
                DebWriter.of("bash", "5.2").essential().depends("libc6"));
        Selection selection =
                select(List.of(exactly("debian", "jq", "1.6"), exactly("debian", "hello", "2.10")), List.of());
        assertThat(selection.entries()).extracting(ManifestEntry::label).containsExactly("jq@1.6", "hello@2.10");
        assertThat(along(selection.entries().getFirst()))
                .containsExactly("libjq1@1.6", "libc6@2.36", "bash@5.2");
        assertThat(along(selection.entries().getLast())).containsExactly("libhello@1");
        ManifestEntry entry = selection.entries().getFirst();
        assertThat(entry.channel()).contains("debian");
        assertThat(entry.properties()).containsEntry(ManifestEntry.DEBIAN, "\"amd64\"");
        assertThat(selection.origins()).containsKeys(entry.item());
        assertThat(resolver.governs(entry)).isTrue();
        assertThat(selection.notes()).isEmpty();
    }

    @Test
    void saysHowLargeFilesAre() throws Exception {
        DebWriter library = deb("library", "1", "");
        offer("debian", 0, library, deb("a", "1", "library"), deb("b", "1", "library"));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        Selection selection = select(
                List.of(exactly("debian", "b", "1"), new Wanted.Keep(installed.getFirst())), installed);
        assertThat(selection.fileSizes().values())
                .as("of what is there already, too")
                .containsExactlyInAnyOrder(
                        (long) library.octets().length,
                        (long) deb("a", "1", "library").octets().length,
                        (long) deb("b", "1", "library").octets().length);
    }

    @Test
    void keepsEverythingAsItIsWhenNothingChanges() throws Exception {
        offer("debian", 0, deb("a", "1", "b"), deb("b", "1", "a, c"), deb("c", "1", ""));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        Selection again = select(keep(installed), installed);
        assertThat(again.entries()).isEqualTo(installed);
    }

    @Test
    void keepsVersionsThatNoArchiveHasAnyMore() throws Exception {
        offer("debian", 0, deb("a", "1", "b (>= 1)"), deb("b", "1", ""));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        offer("debian", 0, deb("a", "2", "b (>= 1)"), deb("b", "2", ""), deb("d", "1", "b"));
        Selection kept = select(keep(installed), installed);
        assertThat(kept.entries()).isEqualTo(installed);
        assertThat(kept.notes()).isEmpty();
        Selection more = select(
                List.of(exactly("debian", "d", "1"), new Wanted.Keep(installed.getFirst())), installed);
        assertThat(more.entries()).extracting(ManifestEntry::label).containsExactly("d@1", "a@1");
        assertThat(items(more.entries())).containsAllEntriesOf(items(installed));
        build(more);
    }

    @Test
    void saysWhatNoChannelHasAnyMore() throws Exception {
        offer("debian", 0, deb("a", "1", "b"), deb("b", "1", ""));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        offer("debian", 0, deb("a", "1", "b"));
        Selection kept = select(keep(installed), installed);
        assertThat(kept.entries()).isEqualTo(installed);
        assertThat(kept.notes()).containsExactly("No channel has 'b@1' any more; what is installed is kept.");
        assertThat(kept.entries().getFirst().propagatedInputs().getFirst().channel()).contains("debian");
    }

    @Test
    void upgradesAPackageAndWhatOnlyItNeeds() throws Exception {
        offer("debian", 0, deb("a", "1", "own, shared"), deb("b", "1", "shared"), deb("own", "1", ""),
                deb("shared", "1", ""));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"), exactly("debian", "b", "1"));
        offer("debian", 0, deb("a", "2", "own, shared"), deb("b", "2", "shared"), deb("own", "2", ""),
                deb("shared", "2", ""));
        Selection one = select(
                List.of(
                        new Wanted.Upgrade(installed.getFirst(), Optional.of(row("debian", "a", "2"))),
                        new Wanted.Keep(installed.getLast())),
                installed);
        assertThat(items(one.entries())).containsOnlyKeys("a@2", "own@2", "shared@1", "b@1");
        Selection all = select(
                List.of(
                        new Wanted.Upgrade(installed.getFirst(), Optional.of(row("debian", "a", "2"))),
                        new Wanted.Upgrade(installed.getLast(), Optional.of(row("debian", "b", "2")))),
                installed);
        assertThat(items(all.entries())).containsOnlyKeys("a@2", "own@2", "shared@2", "b@2");
    }

    @Test
    void saysWhyAnUpgradeIsNotToBeHad() throws Exception {
        offer("debian", 0, deb("a", "1", ""));
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        offer("debian", 0, deb("a", "2", "missing (>= 3)"));
        Selection selection = select(
                List.of(new Wanted.Upgrade(installed.getFirst(), Optional.of(row("debian", "a", "2")))), installed);
        assertThat(selection.entries()).isEqualTo(installed);
        assertThat(selection.notes()).containsExactly("'a@1' is the newest that fits: 'a@2' cannot be had: "
                + "'a@2' needs 'missing (>= 3)', which no enabled channel has.");
    }

    @Test
    void remembersWhetherRecommendedPackagesComeAlong() throws Exception {
        DebWriter bare = DebWriter.of("a", "1").field("Recommends", "extra");
        offer("debian", 0, bare, deb("extra", "1", ""), deb("b", "1", ""));
        assertThat(items(install(exactly("debian", "a", "1")))).containsOnlyKeys("a@1", "extra@1");
        resolver.recommend(() -> false);
        List<ManifestEntry> plain = install(exactly("debian", "a", "1"));
        assertThat(items(plain)).containsOnlyKeys("a@1");
        assertThat(plain.getFirst().isMarked(ManifestEntry.WITHOUT_RECOMMENDED)).isTrue();
        Wish.Terms with = new Wish.Terms(Optional.of(true), false);
        Wish.Terms without = new Wish.Terms(Optional.of(false), false);
        List<ManifestEntry> asked = install(new Wanted.Exactly(row("debian", "a", "1"), "out", with));
        assertThat(items(asked)).containsOnlyKeys("a@1", "extra@1");
        assertThat(asked.getFirst().isMarked(ManifestEntry.WITHOUT_RECOMMENDED)).isFalse();

        // Whatever the machine says later, and whether it is kept or upgraded.
        resolver.recommend(() -> true);
        List<Wanted> more = List.of(exactly("debian", "b", "1"), new Wanted.Keep(plain.getFirst()));
        assertThat(items(select(more, plain).entries())).containsOnlyKeys("b@1", "a@1");
        offer("debian", 0, DebWriter.of("a", "2").field("Recommends", "extra"), deb("extra", "1", ""));
        Optional<CatalogPackage> newest = Optional.of(row("debian", "a", "2"));
        List<ManifestEntry> upgraded =
                select(List.of(new Wanted.Upgrade(plain.getFirst(), newest)), plain).entries();
        assertThat(items(upgraded)).containsOnlyKeys("a@2");
        assertThat(upgraded.getFirst().isMarked(ManifestEntry.WITHOUT_RECOMMENDED)).isTrue();
        assertThat(items(select(List.of(new Wanted.Upgrade(asked.getFirst(), newest)), asked).entries()))
                .containsOnlyKeys("a@2", "extra@1");
        assertThat(items(select(List.of(new Wanted.Upgrade(asked.getFirst(), newest, without)), asked).entries()))
                .containsOnlyKeys("a@2");
    }

    @Test
    void keepsPinnedVersionsWhateverElseIsUpgraded() throws Exception {
        offer("debian", 0, deb("a", "1", "own"), deb("own", "1", ""), deb("b", "1", ""));
        Wish.Terms pinned = new Wish.Terms(Optional.of(true), true);
        List<ManifestEntry> installed =
                install(new Wanted.Exactly(row("debian", "a", "1"), "out", pinned), exactly("debian", "b", "1"));
        assertThat(installed.getFirst().isMarked(ManifestEntry.PINNED)).isTrue();
        offer("debian", 0, deb("a", "2", "own"), deb("own", "2", ""), deb("b", "2", "a (>= 2)"));
        Selection all = select(
                List.of(
                        new Wanted.Upgrade(installed.getFirst(), Optional.empty(), pinned),
                        new Wanted.Upgrade(installed.getLast(), Optional.of(row("debian", "b", "2")))),
                installed);
        assertThat(items(all.entries())).containsOnlyKeys("a@1", "own@2", "b@1");
        assertThat(all.entries().getFirst().isMarked(ManifestEntry.PINNED)).isTrue();
        assertThat(all.notes()).singleElement().asString().startsWith("'b@1' is the newest that fits").contains("a");
        assertThatThrownBy(() -> select(
                        List.of(exactly("debian", "b", "2"), new Wanted.Keep(installed.getFirst())), installed))
                .isInstanceOf(ChannelException.Unsatisfiable.class)
                .hasMessageContaining("a (>= 2)");
    }

    @Test
    void takesThePackageOfTheChannelThatIsMeant() throws Exception {
        offer("debian", 5, deb("a", "1", ""));
        offer("local", 0, DebWriter.of("a", "1").file("usr/share/a", 0644, "another build"));
        List<ManifestEntry> entries = select(List.of(exactly("local", "a", "1")), List.of()).entries();
        assertThat(entries.getFirst().channel()).contains("local");
        assertThatThrownBy(() -> select(List.of(exactly("debian", "a", "7")), List.of()))
                .isInstanceOf(ChannelException.Unsatisfiable.class)
                .hasMessageContaining("a@7");
    }

    @Test
    void makesTheSameItemsWhateverIsInstalled() throws Exception {
        offer("debian", 0, deb("a", "1", "b"), deb("b", "1", ""), deb("c", "1", "b"));
        List<Wanted> both = List.of(exactly("debian", "c", "1"), exactly("debian", "a", "1"));
        Selection fresh = select(both, List.of());
        List<ManifestEntry> installed = install(exactly("debian", "a", "1"));
        Selection after = select(
                List.of(exactly("debian", "c", "1"), new Wanted.Keep(installed.getFirst())), installed);
        assertThat(after.entries()).isEqualTo(fresh.entries());
    }

    @Test
    void hasNothingToDoWhereNothingIsWanted() throws Exception {
        Selection selection = select(List.of(), List.of());
        assertThat(selection.entries()).isEmpty();
    }
}
