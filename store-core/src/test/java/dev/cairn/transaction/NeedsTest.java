// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built, and what is fetched rather than built. */
class NeedsTest {
    @TempDir
    private Path folder;

    private final Map<StorePath, NamedDerivation> known = new HashMap<>();
    private InMemoryDaemon daemon;
    private NamedDerivation base;
    private NamedDerivation middle;
    private NamedDerivation top;

    @BeforeEach
    void add() throws Exception {
        daemon = new InMemoryDaemon(folder.resolve("store"));
        base = derivation("base", Map.of());
        middle = derivation("middle", Map.of(), base);
        top = derivation("top", Map.of(), middle);
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    private NamedDerivation derivation(String name, Map<String, String> variables, NamedDerivation... inputs)
            throws Exception {
        return derivation(name, "builtin:write-files", variables, inputs);
    }

    private NamedDerivation derivation(
            String name, String program, Map<String, String> variables, NamedDerivation... inputs) throws Exception {
        DerivationBuilder builder = new DerivationBuilder(name, "x86_64-linux", program);
        variables.forEach(builder::variable);
        List<StorePath> references =
                Arrays.stream(inputs).map(NamedDerivation::path).toList();
        for (NamedDerivation input : inputs) {
            builder.input(input);
        }
        NamedDerivation made = builder.build(new DerivationHasher<CairnException>(
                StoreDirectory.GNU, path -> known.get(path).derivation()));
        known.put(made.path(), made);
        daemon.addText(name + ".drv", made.text(), references);
        return made;
    }

    private void offer(NamedDerivation derivation, StorePath... references) {
        daemon.offer(new SubstituteInfo(
                derivation.output("out"),
                Optional.empty(),
                new TreeSet<>(List.of(references)),
                OptionalLong.of(100),
                300,
                "https://farm.example"));
    }

    private Needs needs(NamedDerivation wanted) throws CairnException {
        return Needs.of(daemon, List.of(BuildTarget.all(wanted.path())), EventSink.NONE);
    }

    @Test
    void buildsWhatNobodyOffers() throws Exception {
        Needs needs = needs(top);
        assertThat(needs.toBuild()).containsExactly(base.path(), middle.path(), top.path());
        assertThat(needs.offered()).isEmpty();
    }

    @Test
    void buildsNothingOfWhatIsOffered() throws Exception {
        offer(top, base.output("out"));
        offer(base);
        Needs needs = needs(top);
        assertThat(needs.toBuild()).isEmpty();
        assertThat(needs.offered()).containsExactly(top.output("out"));
    }

    @Test
    void fetchesInputsOfWhatIsBuilt() throws Exception {
        offer(middle);
        Needs needs = needs(top);
        assertThat(needs.toBuild()).containsExactly(top.path());
        assertThat(needs.offered()).containsExactly(middle.output("out"));
    }

    @Test
    void buildsWhatRefersToSomethingThatNobodyOffers() throws Exception {
        offer(top, middle.output("out"));
        offer(middle, base.output("out"));
        Needs needs = needs(top);
        assertThat(needs.toBuild()).containsExactly(base.path(), middle.path(), top.path());
        assertThat(needs.offered()).isEmpty();
    }

    @Test
    void tellsHowMuchIsDownloadedWhereThatIsKnown() throws Exception {
        NamedDerivation file = derivation("file", "builtin:download", Map.of());
        NamedDerivation checkout = derivation("checkout", "builtin:git-download", Map.of());
        NamedDerivation one = derivation("one", Map.of(), file);
        NamedDerivation two = derivation("two", Map.of(), file, checkout);

        assertThat(needs(top).downloadSize(Map.of())).hasValue(0);
        assertThat(needs(one).downloadSize(Map.of())).isEmpty();
        assertThat(needs(one).downloadSize(Map.of(file.path(), 70L, checkout.path(), 1L))).hasValue(70);
        assertThat(needs(two).downloadSize(Map.of(file.path(), 70L))).isEmpty();
        assertThat(needs(two).prepared()).containsExactlyInAnyOrder(file.path(), checkout.path());
    }

    @Test
    void buildsWhatForbidsToBeFetched() throws Exception {
        NamedDerivation own = derivation("own", Map.of("allowSubstitutes", "0"), base);
        offer(own);
        offer(base);
        Needs needs = needs(own);
        assertThat(needs.toBuild()).containsExactly(own.path());
        assertThat(needs.offered()).containsExactly(base.output("out"));
    }
}
