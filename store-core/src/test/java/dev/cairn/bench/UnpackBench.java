// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.TextItem;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to make items of the contents of packages, with everything that belongs to it (hashes, references,
 * registration, linking of equal files), and how long {@code dpkg-deb -x} takes for the same packages, one after
 * another. The packages are those of the folder that the environment variable {@code CAIRN_DEBS} names.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class UnpackBench {
    private final List<Path> packages = new ArrayList<>();
    private final List<BuildTarget> targets = new ArrayList<>();
    private Path folder = Path.of("");
    private Daemon daemon;

    @Setup(Level.Iteration)
    public void prepare() throws IOException, CairnException {
        String named = System.getenv("CAIRN_DEBS");
        if (named == null) {
            throw new IllegalStateException("CAIRN_DEBS does not name a folder with .deb files");
        }
        packages.clear();
        for (Path file : FileTrees.entries(Path.of(named))) {
            if (file.toString().endsWith(".deb")) {
                packages.add(file.toAbsolutePath());
            }
        }
        folder = Files.createTempDirectory("cairn-unpack");
        daemon = LocalStore.open(new StoreLayout(StoreDirectory.GNU, folder.resolve("root")));
        addDerivations();
    }

    private void addDerivations() throws CairnException {
        DerivationHasher<CairnException> hasher =
                new DerivationHasher<>(daemon.storeDirectory(), path -> DerivationItems.read(daemon, path));
        List<TextItem> derivations = new ArrayList<>();
        for (int i = 0; i < packages.size(); i++) {
            StorePath source = daemon.addTree(i + ".deb", packages.get(i), false, HashAlgorithm.SHA256);
            NamedDerivation contents = new DerivationBuilder(i + "-contents", "builtin", "builtin:debian-contents")
                    .source(source)
                    .variable("src", source.toString())
                    .variable("format", "1")
                    .build(hasher);
            derivations.add(new TextItem(
                    contents.name() + NamedDerivation.SUFFIX,
                    contents.text(),
                    contents.derivation().references()));
        }
        targets.clear();
        daemon.addTexts(derivations).forEach(path -> targets.add(BuildTarget.all(path)));
    }

    @TearDown(Level.Iteration)
    public void delete() throws IOException, DaemonException {
        daemon.close();
        FileTrees.delete(folder);
    }

    @Benchmark
    public void cairn() throws DaemonException {
        daemon.build(targets, BuildOptions.DEFAULT, EventSink.NONE);
    }

    @Benchmark
    public int dpkg() throws IOException, InterruptedException {
        Path out = Files.createDirectory(folder.resolve("out"));
        int failed = 0;
        for (int i = 0; i < packages.size(); i++) {
            Path to = out.resolve(Integer.toString(i));
            failed += new ProcessBuilder("dpkg-deb", "-x", packages.get(i).toString(), to.toString())
                    .start()
                    .waitFor();
        }
        return failed;
    }
}
