// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.ChannelException;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.channel.guix.source.Knowledge;
import dev.cairn.channel.guix.source.PropagatedInput;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.EventSink;
import dev.cairn.http.Proxies;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuixResolverTest {
    private static final String COMMIT = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    /** Both look like the package's only output. */
    private static final String FIRST = "/gnu/store/" + "a".repeat(32) + "-twice-1";

    private static final String SECOND = "/gnu/store/" + "b".repeat(32) + "-twice-1";

    @TempDir
    Path folder;

    private final Map<String, Knowledge> knowledge = new HashMap<>();
    private DataServiceStub stub;
    private InMemoryDaemon daemon;
    private GuixChannel channel;

    @BeforeEach
    void open() throws Exception {
        stub = DataServiceStub.start();
        daemon = new InMemoryDaemon(folder.resolve("store"));
        daemon.configure(StoreSettings.DEFAULT.change().substituteUrls(List.of("http://farm")).build());
        SortedMap<String, String> odd = new TreeMap<>();
        odd.put("out", GuixPackages.path("emacs-thing-0.1"));
        odd.put("doc", GuixPackages.path("emacs-thing-0.1-documents"));
        SortedMap<String, String> variants = new TreeMap<>();
        variants.put("out", FIRST);
        variants.put("other", SECOND);
        stub.commit(COMMIT, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("hello", "2.12"),
                GuixPackages.with("git", "2.49", GuixPackages.outputs("git", "2.49", List.of("out", "gui"))),
                GuixPackages.simple("python", "3.11.9"),
                GuixPackages.simple("numpy", "1.0"),
                GuixPackages.simple("library", "1"),
                GuixPackages.simple("library", "10"),
                GuixPackages.simple("library", "9"),
                GuixPackages.with("odd", "0.1", odd),
                GuixPackages.with("twice", "1", variants)));
        GuixSource source =
                new GuixSource(stub.address(), "guix", "master", Optional.empty(), List.of("https://farm.example.org"));
        channel = new GuixChannel(
                "guix",
                5,
                folder.resolve("channel"),
                new GuixChannel.Settings(
                        source,
                        "x86_64-linux",
                        Proxies.NONE,
                        _ -> (name, _, _) -> knowledge.getOrDefault(name, new Knowledge.Known(List.of(), List.of()))));
        channel.refresh(EventSink.NONE);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private static StorePath made(String itemName) {
        try {
            return StoreDirectory.GNU.parse(GuixPackages.path(itemName));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void offer(String... itemNames) {
        for (String name : itemNames) {
            daemon.offer(new SubstituteInfo(
                    made(name), Optional.of(made(name + ".drv")), new TreeSet<>(), OptionalLong.of(7), 70, "http://farm"));
        }
    }

    private Selection select(String name, String version, String output) throws Exception {
        return channel.resolver().select(wish(name, version, output), daemon);
    }

    private Wish wish(String name, String version, String output, ManifestEntry... installed) throws Exception {
        CatalogPackage row = channel.read(EventSink.NONE).packages().stream()
                .filter(one -> one.name().equals(name) && one.version().equals(version))
                .findFirst()
                .orElseThrow();
        return new Wish(List.of(new Wish.Wanted.Exactly(row, output)), List.of(installed), "x86_64-linux");
    }

    @Test
    void fetchesWhatAServerOffers() throws Exception {
        offer("hello-2.12");
        Selection selection = select("hello", "2.12", "out");

        ManifestEntry entry = selection.entries().getFirst();
        assertThat(entry.item()).isEqualTo(made("hello-2.12"));
        assertThat(entry.channel()).contains("guix");
        assertThat(selection.origins())
                .containsEntry(made("hello-2.12"), new Selection.Origin.Fetched(Optional.of(made("hello-2.12.drv"))));
        assertThat(selection.notes()).isEmpty();
    }

    @Test
    void takesOutputsByName() throws Exception {
        offer("git-2.49-gui");
        assertThat(select("git", "2.49", "gui").entries().getFirst().item()).isEqualTo(made("git-2.49-gui"));
        assertThatThrownBy(() -> select("git", "2.49", "doc"))
                .isInstanceOfSatisfying(
                        ChannelException.Unsatisfiable.class,
                        e -> assertThat(e.hint()).contains("It could be gui or out."));
    }

    @Test
    void asksForOutputsThatTheirNamesDoNotTell() throws Exception {
        offer("emacs-thing-0.1-documents");
        assertThat(select("odd", "0.1", "doc").entries().getFirst().item()).isEqualTo(made("emacs-thing-0.1-documents"));
    }

    @Test
    void looksWithoutAskingAnybody() throws Exception {
        StorePath offered = StoreDirectory.GNU.parse(SECOND);
        daemon.offer(new SubstituteInfo(
                offered, Optional.empty(), new TreeSet<>(), OptionalLong.of(7), 70, "http://farm"));
        knowledge.put("numpy", new Knowledge.Known(
                List.of(new PropagatedInput("python", Optional.empty(), "out")), List.of()));
        int asked = stub.asked().size();
        Resolver resolver = channel.resolver();

        Selection numpy = resolver.look(wish("numpy", "1.0", "out"), daemon);
        assertThat(numpy.entries().getFirst().item()).isEqualTo(made("numpy-1.0"));
        assertThat(numpy.entries().getFirst().propagatedInputs())
                .extracting(ManifestEntry::label)
                .containsExactly("python@3.11.9");
        assertThat(numpy.origins()).isEmpty();
        assertThat(resolver.look(wish("odd", "0.1", "doc"), daemon).entries().getFirst().version()).isEqualTo("0.1");
        assertThat(resolver.look(wish("twice", "1", "out"), daemon).entries().getFirst().item())
                .isNotEqualTo(offered);
        assertThat(stub.asked()).hasSize(asked);
        ManifestEntry chosen = resolver.select(wish("twice", "1", "out"), daemon).entries().getFirst();
        assertThat(chosen.item()).isEqualTo(offered);
        Wish again = wish("twice", "1", "out", chosen);
        assertThat(resolver.look(again, daemon).entries()).containsExactly(chosen);
    }

    @Test
    void staysWithTheVariantThatIsInstalled() throws Exception {
        StorePath installed = StoreDirectory.GNU.parse(SECOND);
        daemon.offer(new SubstituteInfo(
                StoreDirectory.GNU.parse(FIRST), Optional.empty(), new TreeSet<>(), OptionalLong.of(7), 70, "http://farm"));
        ManifestEntry entry =
                new ManifestEntry("twice", "1", "out", installed, List.of(), List.of(), new TreeMap<>());
        assertThat(channel.resolver().select(wish("twice", "1", "out", entry), daemon).entries().getFirst().item())
                .isEqualTo(installed);
    }

    @Test
    void bringsAlongWhatIsPropagated() throws Exception {
        offer("numpy-1.0", "python-3.11.9", "library-10");
        SearchPathSpecification paths = SearchPathSpecification.directories("NUMPY", ":", "lib");
        knowledge.put("numpy", new Knowledge.Known(
                List.of(
                        new PropagatedInput("python", Optional.of("3.11.9"), "out"),
                        new PropagatedInput("library", Optional.empty(), "out"),
                        new PropagatedInput("absent", Optional.empty(), "out")),
                List.of(paths)));

        Selection selection = select("numpy", "1.0", "out");

        ManifestEntry entry = selection.entries().getFirst();
        assertThat(entry.propagatedInputs()).extracting(ManifestEntry::label).containsExactly("python@3.11.9", "library@10");
        assertThat(entry.searchPaths()).containsExactly(paths);
        assertThat(selection.origins()).hasSize(3);
        assertThat(selection.notes()).singleElement().asString().contains("'absent'");
    }

    @Test
    void refusesPackagesThatPropagateThemselves() {
        offer("hello-2.12", "library-1");
        knowledge.put("hello", new Knowledge.Known(
                List.of(new PropagatedInput("library", Optional.of("1"), "out")), List.of()));
        knowledge.put("library", new Knowledge.Known(
                List.of(new PropagatedInput("hello", Optional.empty(), "out")), List.of()));
        assertThatThrownBy(() -> select("hello", "2.12", "out"))
                .isInstanceOf(ChannelException.Unsatisfiable.class)
                .hasMessageContaining("propagates itself");
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        offer("python-3.11.9");
        knowledge.put("python", new Knowledge.Unknown("a procedure is called"));

        Selection selection = select("python", "3.11.9", "out");

        assertThat(selection.notes())
                .singleElement()
                .asString()
                .contains("python@3.11.9", "gnu/packages/p.scm:12:2", "a procedure is called");
        assertThat(selection.entries().getFirst().searchPaths())
                .extracting(SearchPathSpecification::variable)
                .containsExactly("GUIX_PYTHONPATH", "PYTHONTZPATH");
    }

    @Test
    void offersToBuildWhatNobodyServes() throws Exception {
        Selection selection = select("hello", "2.12", "out");
        assertThat(selection.origins())
                .containsEntry(made("hello-2.12"), new Selection.Origin.Built(made("hello-2.12.drv"), "out", false));
        assertThat(selection.notes())
                .singleElement()
                .asString()
                .contains("'hello@2.12'", "built here", stub.address().toString());
    }

    @Test
    void saysWhichServersThereWouldBe() {
        daemon.configure(StoreSettings.DEFAULT);
        assertThatThrownBy(() -> select("hello", "2.12", "out"))
                .isInstanceOfSatisfying(ChannelException.Unsatisfiable.class, e -> assertThat(e.hint().orElseThrow())
                        .contains("--substitute-urls='https://farm.example.org'", "--authorize"));
    }
}
