// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.Selection;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.derivation.Derivation;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.debian.DebWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianLoweringTest {
    private static final String SYSTEM = "x86_64-linux";

    private Path folder;
    private Daemon daemon;

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        folder = Files.createDirectory(root.resolve("archive"));
        daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, root.resolve("root")));
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    @Test
    void makesThreeDerivationsOfAPackage() throws Exception {
        Candidate a = candidate("a", "1:2.0~rc1-1", "amd64");
        DebianLowering.Lowered lowered = lower(Map.of(a, List.of()));
        StorePath derivation = derivation(lowered, a);
        Derivation item = DerivationItems.read(daemon, derivation);
        assertThat(derivation.name()).isEqualTo("a-1_2.0_rc1-1.drv");
        assertThat(item.builder()).isEqualTo("builtin:debian-package");
        assertThat(item.environment())
                .containsEntry("packages", "a")
                .containsEntry("contents", contents(a).toString())
                .containsEntry("dependencies", "")
                .containsEntry("format", "1");
        Derivation contents = input(item);
        assertThat(contents.outputPaths()).containsExactly(contents(a));
        assertThat(contents(a).name()).isEqualTo("a-1_2.0_rc1-1-contents");
        assertThat(contents.builder()).isEqualTo("builtin:debian-contents");
        Derivation file = input(contents);
        assertThat(contents.environment())
                .containsEntry("src", file.outputPaths().getFirst().toString())
                .containsEntry("format", "1");
        assertThat(file.outputPaths().getFirst().name()).isEqualTo("a_1_2.0_rc1-1_amd64.deb");
        assertThat(file.isFixedOutput()).isTrue();
        assertThat(lowered.fileSizes())
                .containsExactly(Map.entry(
                        contents.inputDerivations().firstKey(),
                        a.description().file().orElseThrow().size()));
        assertThat(file.environment()).containsEntry("url", '"' + a.addresses().getFirst().toString() + '"');
    }

    @Test
    void namesAllAddresses() throws Exception {
        Candidate a = candidate("a", "1", "all");
        Candidate two = new Candidate(
                a.description(),
                "x",
                0,
                List.of(URI.create("http://a.example.org/"), URI.create("http://b.example.org/")),
                Optional.empty());
        DebianLowering.Lowered lowered = lower(Map.of(two, List.of()));
        Derivation file = input(input(DerivationItems.read(daemon, derivation(lowered, two))));
        assertThat(file.environment())
                .containsEntry("url", "(\"http://a.example.org/\" \"http://b.example.org/\")");
        assertThat(lower(Map.of(a, List.of())).items().get(a))
                .as("items do not depend on where the file comes from")
                .isEqualTo(lowered.items().get(two));
    }

    @Test
    void makesOneItemOfACircle() throws Exception {
        Candidate program = candidate("program", "1", "amd64");
        Candidate libc = candidate("libc6", "2", "amd64");
        Candidate libgcc = candidate("libgcc-s1", "12", "amd64");
        Candidate base = candidate("base", "1", "all");
        Candidate foreign = candidate("libc6", "2", "i386");
        DebianLowering.Lowered lowered = lower(Map.of(
                program, List.of(libc, libgcc, base, foreign),
                libc, List.of(libgcc, base),
                libgcc, List.of(libc),
                base, List.of(),
                foreign, List.of(libgcc)));
        StorePath circle = lowered.items().get(libc);
        assertThat(lowered.items().get(libgcc)).isEqualTo(circle);
        assertThat(circle.name()).isEqualTo("libc6-2-and-1-more");
        build(derivation(lowered, program));
        assertThat(references(circle))
                .containsExactlyInAnyOrder(
                        contents(libc), contents(libgcc), lowered.items().get(base));
        assertThat(daemon.physical(circle).resolve("debian/contents/libgcc-s1")).isSymbolicLink();
        assertThat(daemon.physical(lowered.items().get(foreign)).resolve("debian/contents/libc6:i386"))
                .isSymbolicLink();
        assertThat(references(lowered.items().get(program)))
                .containsExactlyInAnyOrder(
                        contents(program),
                        circle,
                        lowered.items().get(base),
                        lowered.items().get(foreign));
        assertThat(daemon.physical(contents(base)).resolve("tree/usr/share/base")).exists();
    }

    @Test
    void doesNotDependOnTheOrderOfASolution() throws Exception {
        Candidate a = candidate("a", "1", "amd64");
        Candidate b = candidate("b", "1", "amd64");
        Candidate c = candidate("c", "1", "amd64");
        Map<Candidate, List<Candidate>> dependencies = Map.of(a, List.of(b, c), b, List.of(c), c, List.of(b));
        List<Candidate> chosen = new ArrayList<>(List.of(a, b, c));
        DebianLowering.Lowered one = lower(new Solution(List.of(a), chosen, dependencies));
        Collections.reverse(chosen);
        Map<Candidate, List<Candidate>> turned = new HashMap<>(dependencies);
        turned.put(a, List.of(c, b));
        DebianLowering.Lowered other = lower(new Solution(List.of(a), chosen, turned));
        assertThat(other).isEqualTo(one);
    }

    @Test
    void keepsWhatOnlyTheStoreHas() throws Exception {
        Candidate library = candidate("library", "1", "amd64");
        DebianLowering.Lowered before = lower(Map.of(library, List.of()));
        StorePath contents = contents(library);
        build(derivation(before, library));
        Candidate superseded = installed(library, contents);
        DebianLowering.Lowered after = lower(Map.of(superseded, List.of()));
        assertThat(contents(superseded)).isEqualTo(contents);
        assertThat(after.items().get(superseded))
                .as("as long as the derivation is kept")
                .isEqualTo(before.items().get(library));
    }

    @Test
    void keepsContentsThatNobodyKnowsTheDerivationOf() throws Exception {
        StorePath contents = daemon.addText("library-1-contents", new byte[0], List.of());
        Candidate library = installed(candidate("library", "1", "amd64"), contents);
        DebianLowering.Lowered lowered = lower(Map.of(library, List.of()));
        StorePath derivation = derivation(lowered, library);
        assertThat(DerivationItems.read(daemon, derivation).inputSources()).containsExactly(contents);
        build(derivation);
        assertThat(references(lowered.items().get(library))).containsExactly(contents);
    }

    @Test
    void saysWhenContentsAreGone() throws Exception {
        StorePath gone = daemon.storeDirectory().item("0".repeat(32) + "-library-1-contents");
        Candidate library = installed(candidate("library", "1", "amd64"), gone);
        assertThatThrownBy(() -> lower(Map.of(library, List.of()))).isInstanceOf(DaemonException.NotValid.class);
    }

    private DebianLowering.Lowered lower(Map<Candidate, List<Candidate>> dependencies) throws Exception {
        List<Candidate> chosen = List.copyOf(dependencies.keySet());
        return lower(new Solution(chosen, chosen, dependencies));
    }

    private DebianLowering.Lowered lower(Solution solution) throws Exception {
        return DebianLowering.lower(solution, new DebianDerivations(SYSTEM, daemon));
    }

    private static StorePath derivation(DebianLowering.Lowered lowered, Candidate candidate) {
        var origin = (Selection.Origin.Built) lowered.origins().get(lowered.items().get(candidate));
        return origin.derivation();
    }

    private Derivation input(Derivation derivation) throws Exception {
        return DerivationItems.read(daemon, derivation.inputDerivations().firstKey());
    }

    private StorePath contents(Candidate candidate) throws Exception {
        return new DebianDerivations(SYSTEM, daemon).contents(candidate).path();
    }

    private void build(StorePath derivation) throws Exception {
        daemon.build(List.of(BuildTarget.all(derivation)), BuildOptions.DEFAULT, EventSink.NONE);
    }

    private Iterable<StorePath> references(StorePath item) throws Exception {
        return daemon.pathInfo(item).orElseThrow().references();
    }

    /** A package that no archive has any longer. */
    private static Candidate installed(Candidate known, StorePath contents) {
        return new Candidate(known.description(), known.channel(), 0, List.of(), Optional.of(contents));
    }

    private Candidate candidate(String name, String version, String architecture) throws IOException {
        DebWriter deb = DebWriter.of(name, version).architecture(architecture).file("usr/share/" + name, 0644, name);
        byte[] octets = deb.octets();
        Path file = deb.write(folder);
        BinaryPackage description = new BinaryPackage(
                name,
                version,
                architecture,
                BinaryPackage.MultiArch.NO,
                false,
                BinaryPackage.Importance.OPTIONAL,
                name,
                "misc",
                "Somebody",
                Optional.empty(),
                name,
                name,
                Optional.empty(),
                1000,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new BinaryPackage.ArchiveFile(
                        "pool/" + file.getFileName(), octets.length, Hash.sha256(octets).hex())));
        return new Candidate(description, "debian", 0, List.of(file.toUri()), Optional.empty());
    }
}
