// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.testing.CacheServer;
import dev.cairn.trust.KeyFiles;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of which servers have the derivations, the outputs, or both. */
class SubstitutedBuildTest {
    private static final Compression PLAIN = Compression.NONE;

    @TempDir
    Path folder;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Map<StorePath, NamedDerivation> known = new TreeMap<>();
    private KeyFiles keys;
    private Daemon origin;
    private Daemon daemon;
    private Path derivations;
    private Path outputs;
    private CacheServer derivationServer;
    private CacheServer outputServer;
    private NamedDerivation base;
    private NamedDerivation top;

    @BeforeEach
    void publish() throws Exception {
        StoreLayout there = new StoreLayout(StoreDirectory.GNU, folder.resolve("origin"));
        StoreLayout here = new StoreLayout(StoreDirectory.GNU, folder.resolve("here"));
        keys = new KeyFiles(there.configuration());
        new KeyFiles(here.configuration()).authorise(keys.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)));
        origin = LocalStore.open(there);
        base = derivation("base", Map.of());
        top = derivation("top", Map.of("needs", base.output("out").toString()), base);
        origin.build(List.of(BuildTarget.all(top.path())), BuildOptions.DEFAULT, EventSink.NONE);
        derivations = Files.createDirectories(folder.resolve("derivations/nar")).getParent();
        outputs = Files.createDirectories(folder.resolve("outputs/nar")).getParent();
        for (StorePath path : origin.allPaths()) {
            boolean output = path.equals(base.output("out")) || path.equals(top.output("out"));
            publish(path, output ? outputs : derivations);
        }
        derivationServer = CacheServer.serving(derivations);
        outputServer = CacheServer.serving(outputs);
        daemon = LocalStore.open(here);
        daemon.configure(StoreSettings.DEFAULT
                .change()
                .substituteUrls(List.of(outputServer.url()))
                .derivationSubstituteUrls(List.of(derivationServer.url()))
                .build());
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
        origin.close();
        outputServer.close();
        derivationServer.close();
    }

    @Test
    void fetchesDerivationsAndWhatTheyMake() throws Exception {
        build(BuildOptions.DEFAULT, top);
        assertThat(daemon.isValid(top.output("out"))).isTrue();
        assertThat(daemon.isValid(base.path())).as("what the derivation refers to").isTrue();
        assertThat(kinds()).contains(Event.Kind.SUBSTITUTE).doesNotContain(Event.Kind.BUILD);
    }

    @Test
    void buildsFromDerivationsOfAServerWhatNobodyHas() throws Exception {
        daemon.configure(daemon.settings().change().substitutes(false).build());
        build(BuildOptions.DEFAULT, top);
        assertThat(kinds()).contains(Event.Kind.SUBSTITUTE, Event.Kind.BUILD);
        assertThat(daemon.pathInfo(top.output("out")).orElseThrow().narHash())
                .isEqualTo(origin.pathInfo(top.output("out")).orElseThrow().narHash());
    }

    @Test
    void fetchesInputsOfWhatHasToBeBuilt() throws Exception {
        Files.delete(outputs.resolve(top.output("out").hashPart() + ".narinfo"));
        build(BuildOptions.DEFAULT, top);
        assertThat(events.stream()
                        .filter(Event.Started.class::isInstance)
                        .map(Event.Started.class::cast)
                        .filter(started -> started.kind() == Event.Kind.BUILD)
                        .map(Event.Started::subject))
                .containsExactly(top.path().toString());
    }

    @Test
    void buildsWhatIsOfferedAndDoesNotComeOnlyWhenToldTo() throws Exception {
        outputServer.when("/nar/", _ -> CacheServer.Reply.of(404, "no"));
        DaemonException refused = catchThrowableOfType(
                DaemonException.class, () -> build(BuildOptions.DEFAULT, top));
        assertThat(refused).isInstanceOf(DaemonException.NotSubstituted.class);
        assertThat(refused.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("--fallback"));
        assertThat(refused.wireMessage())
                .startsWith("some substitutes for the outputs of derivation `" + top.path() + "' failed");
        build(BuildOptions.DEFAULT.change().fallback(true).build(), top);
        assertThat(kinds()).contains(Event.Kind.BUILD);
        assertThat(daemon.isValid(top.output("out"))).isTrue();
    }

    @Test
    void buildsWhatWantsToBeBuiltByEverybody() throws Exception {
        NamedDerivation own = derivation("own", Map.of("allowSubstitutes", "0"));
        origin.build(List.of(BuildTarget.all(own.path())), BuildOptions.DEFAULT, EventSink.NONE);
        for (StorePath path : origin.requisites(List.of(own.path(), own.output("out"))).stream()
                .map(PathInfo::path)
                .toList()) {
            publish(path, outputs);
        }
        build(BuildOptions.DEFAULT, own);
        assertThat(kinds()).contains(Event.Kind.BUILD);
    }

    @Test
    void saysWhichDerivationNobodyHas() throws Exception {
        Files.delete(derivations.resolve(top.path().hashPart() + ".narinfo"));
        DaemonException missing = catchThrowableOfType(
                DaemonException.class, () -> build(BuildOptions.DEFAULT, top));
        assertThat(missing).hasMessageContaining(top.path().toString());
        assertThat(missing.wireMessage()).isEqualTo("build of `" + top.path() + "' failed");
    }

    private void build(BuildOptions options, NamedDerivation wanted) throws DaemonException {
        events.clear();
        daemon.build(List.of(BuildTarget.all(wanted.path())), options, events::add);
    }

    private List<Event.Kind> kinds() {
        return events.stream()
                .filter(Event.Started.class::isInstance)
                .map(event -> ((Event.Started) event).kind())
                .toList();
    }

    private NamedDerivation derivation(String name, Map<String, String> variables, NamedDerivation... inputs)
            throws Exception {
        String text = "{\"out\": {\"x\": {\"text\": \"" + name + variables.getOrDefault("needs", "") + "\"}}}";
        StorePath specification =
                origin.addText(name + "-specification", text.getBytes(StandardCharsets.UTF_8), List.of());
        DerivationBuilder builder = new DerivationBuilder(name, "builtin", "builtin:write-files")
                .source(specification)
                .variable("specification", specification.toString());
        variables.forEach(builder::variable);
        for (NamedDerivation input : inputs) {
            builder.input(input);
        }
        NamedDerivation made = builder.build(new DerivationHasher<DaemonException>(
                StoreDirectory.GNU, path -> known.get(path).derivation()));
        known.put(made.path(), made);
        origin.addText(made.path().name(), made.text(), made.derivation().references());
        return made;
    }

    private void publish(StorePath path, Path cache) throws Exception {
        PathInfo info = origin.pathInfo(path).orElseThrow();
        Claim claim = new Claim(
                path, info.narHash(), info.narSize(), List.copyOf(info.references()), info.deriver());
        NarChoice nar = NarChoice.published("nar", PLAIN, path, OptionalLong.empty());
        Files.write(
                cache.resolve(path.hashPart() + ".narinfo"),
                NarinfoWriter.guix(claim, "origin", keys.signingKey(), List.of(nar)));
        try (OutputStream out = Files.newOutputStream(cache.resolve("nar").resolve(path.baseName()))) {
            NarWriter writer = new NarWriter(out);
            NarFiles.dump(origin.physical(path), writer);
            writer.finish();
        }
    }
}
