// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A package of Guix's that no server has ready-made: built from its derivation, which a server has, with inputs of
 * which some are fetched and some are built, from an empty store and through HTTP alone.
 */
@Timeout(120)
class GuixBuildTest {
    private static final String COMMIT = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String BUSYBOX = "/gnu/store/i2x7in8bk2b8b0c4vf76d8xnmaqjfdvd-busybox-1.35.0";

    @TempDir
    private Path folder;

    private final Map<StorePath, NamedDerivation> known = new HashMap<>();

    private NamedDerivation derivation(Daemon daemon, String name, String script, NamedDerivation... inputs)
            throws Exception {
        StorePath busybox = StoreDirectory.GNU.parse(BUSYBOX);
        StorePath file = daemon.addText(name + "-builder", script.getBytes(StandardCharsets.UTF_8), List.of(busybox));
        DerivationBuilder builder = new DerivationBuilder(name, "x86_64-linux", BUSYBOX + "/bin/busybox")
                .argument("sh")
                .argument(file.toString())
                .source(file)
                .source(busybox);
        for (NamedDerivation input : inputs) {
            builder.input(input).variable("leaf", input.output("out").toString());
        }
        NamedDerivation made = builder.build(new DerivationHasher<DaemonException>(
                StoreDirectory.GNU, path -> known.get(path).derivation()));
        known.put(made.path(), made);
        daemon.addText(made.path().name(), made.text(), made.derivation().references());
        return made;
    }

    /** The derivations of a package and of what it needs, in a store that has built neither. */
    private NamedDerivation derivations(Path store, Path cache, String farm) throws Exception {
        KeyFiles keys = new KeyFiles(new StoreLayout(StoreDirectory.GNU, store).configuration());
        keys.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        keys.authorise(PublicKey.read(Files.readAllBytes(cache.resolve("signing-key.pub"))));
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, store))) {
            daemon.configure(StoreSettings.DEFAULT.change().substituteUrls(List.of(farm)).build());
            daemon.ensure(List.of(StoreDirectory.GNU.parse(BUSYBOX)), BuildOptions.DEFAULT, EventSink.NONE);
            NamedDerivation leaf = derivation(daemon, "leaf-0.1", "echo 'a leaf' > $out\n");
            return derivation(daemon, "tea-1.0", """
                    b=%1$s/bin/busybox
                    $b mkdir -p $out/bin
                    echo "#!$b sh" > $out/bin/tea
                    echo "echo tea of $($b cat $leaf); $b cat $leaf > /dev/null" >> $out/bin/tea
                    $b chmod 755 $out/bin/tea
                    """.formatted(BUSYBOX), leaf);
        }
    }

    @Test
    void isBuiltFromTheDerivationThatAServerHas() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        Namespaces.assumeUsable();
        Path origin = folder.resolve("origin");
        Path home = folder.resolve("home");
        CommandRuns cairn = new CommandRuns(
                home, new Installation(Optional.empty()), Files.createDirectory(folder.resolve("machine")));
        try (CacheServer farm = CacheServer.serving(cache);
                DataServiceStub service = DataServiceStub.start()) {
            NamedDerivation tea = derivations(origin, cache, farm.url());
            DataServiceStub.Package listed = GuixPackages.with(
                    "tea", "1.0", new TreeMap<>(Map.of("out", tea.output("out").toString())), tea.path().toString());
            service.commit(COMMIT, "2025-06-12 08:00:00", List.of(listed));
            cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
            cairn.must("pull");
            cairn.must(Files.readAllBytes(cache.resolve("signing-key.pub")), "archive", "--authorize");
            String servers = "--substitute-urls=" + farm.url();

            // Nobody has it: the plan offers to build it, and says where derivations are to be had.
            cairn.must("install", servers, "--dry-run", "tea");
            assertThat(cairn.out() + cairn.err())
                    .contains("offers 'tea@1.0': it would be built here", "--derivation-substitute-urls");
            assertThat(cairn.run("install", servers, "tea")).isNotZero();
            assertThat(cairn.err()).contains(tea.path().toString(), "--derivation-substitute-urls");

            try (RunningPublisher derivations = RunningPublisher.start(origin, "-p0")) {
                String[] install = {
                    "install", servers, "--derivation-substitute-urls=" + derivations.url(), "tea"
                };
                assertThat(cairn.run(install)).as("nobody trusts the server of derivations yet").isNotZero();
                assertThat(home.resolve(".local/share/cairn/gnu/store"))
                        .isDirectoryNotContaining("glob:**-tea-1.0.drv");

                cairn.must(Files.readAllBytes(origin.resolve("etc/guix/signing-key.pub")), "archive", "--authorize");
                cairn.must("install", servers, "--derivation-substitute-urls=" + derivations.url(), "-n", "tea");
                assertThat(cairn.out()).contains("tea 1.0", "To build: ");
                cairn.must(install);
            }
            assertThat(cairn.out() + cairn.err()).contains("it would be built here");
            assertThat(home.resolve(".local/share/cairn" + tea.path())).isRegularFile();
            assertThat(run(home.resolve(".local/share/cairn/bin/tea"))).isEqualTo("tea of a leaf\n");
            cairn.must("verify");
        }
    }

    private static String run(Path program) throws Exception {
        Process process = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
