// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Workspace;
import dev.cairn.bridge.publish.Packing;
import dev.cairn.bridge.publish.PublishSettings;
import dev.cairn.bridge.publish.Publisher;
import dev.cairn.bridge.publish.Signer;
import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebHandler;
import dev.cairn.bridge.web.WebLimits;
import dev.cairn.bridge.web.WebResponse;
import dev.cairn.bridge.web.WebServer;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.HostSystem;
import dev.cairn.daemon.PathInfo;
import dev.cairn.database.StoreDatabase;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.Sockets;
import dev.cairn.trust.KeyFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn weather} and {@code cairn challenge}, with servers over other stores. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SurveyCommandsTest {
    @TempDir
    private Path folder = Path.of("/");

    private final List<AutoCloseable> open = new ArrayList<>();
    private StorePath common;
    private StorePath missing;
    private StorePath different;
    private String url = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void fill() throws Exception {
        SecretKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS));
        StoreLayout here = layout("here");
        StoreLayout there = layout("there");
        new KeyFiles(here.configuration()).authorise(key.publicKey());
        byte[] text = "the same".getBytes(StandardCharsets.UTF_8);
        try (Daemon own = LocalStore.open(here)) {
            common = own.addText("common", text, List.of());
            missing = own.addText("missing", new byte[] {1}, List.of());
        }
        different = built(here, "mine");
        built(there, "theirs");
        Daemon daemon = LocalStore.open(there);
        daemon.addText("common", text, List.of());
        PublishSettings settings = new PublishSettings(
                Dialect.GUIX, List.of(Packing.parse("zstd"), Packing.NONE), Optional.empty(), Optional.empty(), "nar",
                "there");
        Publisher publisher = new Publisher(
                daemon, settings, new Signer(Optional.of(key), List.of()), Optional.empty(), Optional.empty(), _ -> {});
        WebServer server = WebServer.listen("127.0.0.1", 0, publisher.handler(), WebLimits.DEFAULT);
        open.addAll(List.of(server, publisher, daemon));
        url = "http://127.0.0.1:" + server.port();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private StoreLayout layout(String name) {
        return new StoreLayout(StoreDirectory.GNU, folder.resolve(name));
    }

    /** An item as if it had been built: two stores have the same under one name, but for one file. */
    private static StorePath built(StoreLayout layout, String contents) throws Exception {
        return built(layout, layout.storeDirectory().item("1".repeat(32) + "-built"), contents);
    }

    private static StorePath built(StoreLayout layout, StorePath path, String contents) throws Exception {
        StorePath deriver = layout.storeDirectory().item("2".repeat(32) + "-built.drv");
        Path tree = layout.physical(path);
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/program"), contents);
        Files.writeString(tree.resolve("readme"), "read me");
        CanonicalMetadata.apply(tree);
        NarFiles.Summary summary = NarFiles.summarise(tree);
        try (StoreDatabase database = StoreDatabase.open(layout.database(), layout.storeDirectory())) {
            database.register(
                    List.of(new PathInfo(
                            path, summary.hash(), summary.size(), new TreeSet<>(), Optional.of(deriver), Instant.EPOCH)),
                    Map.of());
        }
        Path log = layout.logs().resolve("drvs/22/" + deriver.baseName().substring(2));
        Files.createDirectories(log.getParent());
        Files.writeString(log, "built\n");
        return path;
    }

    private int run(String... arguments) {
        return run(Map.of("HOME", folder.toString(), "LANG", "en_US.UTF-8"), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--store-root=" + folder.resolve("here"));
        int code = CommandLineProgram.on(
                        environment,
                        InputStream.nullInputStream(),
                        answer,
                        said,
                        choices -> Workspace.of(environment, choices))
                .run(all.toArray(String[]::new));
        out = answer.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void saysHowMuchOfItemsAServerHas() {
        assertThat(run("weather", "--substitute-urls=" + url, common.toString(), different.toString()))
                .as(err)
                .isEqualTo(ExitCode.OK);
        assertThat(out.lines().toList()).satisfiesExactly(
                line -> assertThat(line).isEqualTo("looking for 2 store items on " + url + "..."),
                line -> assertThat(line).isEqualTo(url + " ☀"),
                line -> assertThat(line).isEqualTo("  100.0% substitutes available (2 out of 2)"),
                line -> assertThat(line).isEqualTo("  0.0 MiB of nars (compressed)"),
                line -> assertThat(line).isEqualTo("  0.0 MiB on disk (uncompressed)"),
                line -> assertThat(line).matches("  [0-9.]+ seconds per request \\([0-9.]+ seconds in total\\)"),
                line -> assertThat(line).matches("  [0-9.]+ requests per second"));
        assertThat(err).isEqualTo("  (continuous integration information unavailable)\n");

        assertThat(run("weather", "--substitute-urls=" + url, "--display-missing", common.toString(), missing.toString(),
                        different.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out).contains(url + " ⛅\n  66.7% substitutes available (2 out of 3)")
                .contains("Substitutes are missing for the following items:\n  " + missing + " ");
        assertThat(run(Map.of("HOME", folder.toString()), "weather", "--substitute-urls=" + url, missing.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out).contains("\n" + url + "\n  0.0% substitutes available (0 out of 1)\n  unknown substitute sizes\n");
    }

    @Test
    void asksSeveralServersAndSaysItAsJson() throws Exception {
        String folderUrl = "file://" + folder;
        Files.writeString(folder.resolve("nix-cache-info"), "StoreDir: /gnu/store\n");
        assertThat(run("weather", "--json", "--substitute-urls=" + url + " " + folderUrl, common.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out).startsWith("[{\"server\":\"" + url + "\",\"items\":1,\"available\":1,\"compressedSize\":")
                .contains("\"missing\":[],\"problem\":null},{\"server\":\"" + folderUrl + "\",\"items\":1,\"available\":0,"
                        + "\"compressedSize\":null")
                .contains("\"missing\":[\"" + common + "\"]");
    }

    @Test
    void saysWhichMissingItemsHoldUpOthers() throws Exception {
        StorePath base;
        StorePath middle;
        StorePath top;
        StorePath other;
        StorePath made;
        try (Daemon own = LocalStore.open(layout("here"))) {
            base = own.addText("base", new byte[] {2}, List.of());
            middle = own.addText("middle", new byte[] {3}, List.of(base));
            top = own.addText("top", new byte[] {4}, List.of(middle, common));
            other = own.addText("other", new byte[] {5}, List.of(base, missing));
            NamedDerivation derivation = new DerivationBuilder("made", "x86_64-linux", "builtin:none")
                    .source(missing)
                    .build(new DerivationHasher<CairnException>(StoreDirectory.GNU, _ -> {
                        throw new AssertionError("there are no inputs");
                    }));
            own.addText("made.drv", derivation.text(), List.of(missing));
            made = derivation.output("out");
        }
        List<String> names = new ArrayList<>(List.of("weather", "--substitute-urls=" + url));
        for (StorePath item : List.of(common, missing, base, middle, top, other, made)) {
            names.add(item.toString());
        }
        assertThat(run(with(names, "-c"))).isEqualTo(ExitCode.FAILURE);
        assertThat(out).contains("\n6 items are missing from '" + url + "' for '" + HostSystem.name() + "', among")
                .endsWith("\n       3\tbase\t" + base + "\n       2\tmissing\t" + missing + "\n");
        run(with(names, "--coverage=3"));
        assertThat(out).contains(base.toString()).doesNotContain(missing.toString());
        run(with(names, "-c4"));
        assertThat(out).contains("none of them is needed by that many");
        run(with(names, "-c", "--json"));
        assertThat(out).contains("\"coverage\":[{\"item\":\"" + base + "\",\"dependents\":3},{\"item\":\"" + missing
                + "\",\"dependents\":2}]}]");
        assertThat(run("weather", "--substitute-urls=" + url, "-c", common.toString())).isEqualTo(ExitCode.OK);
        assertThat(out).doesNotContain("missing");
    }

    @Test
    void saysWhatWouldBeDownloadedAndWhatBuilt() throws Exception {
        NamedDerivation offered = derivation("offered");
        NamedDerivation top = derivation("top", offered);
        try (Daemon own = LocalStore.open(layout("here"))) {
            own.addText("offered.drv", offered.text(), List.of());
            own.addText("top.drv", top.text(), List.of(offered.path()));
        }
        built(layout("there"), offered.output("out"), "theirs");
        String servers = "--substitute-urls=" + url;
        assertThat(run("build", "--dry-run", "--no-substitutes", top.path().toString())).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("The following derivations would be built:\n   " + offered.path() + "\n   "
                + top.path() + "\n");
        checkDryRun(offered, top, servers);
        assertThat(run("build", "--dry-run", "--json", servers, top.path().toString())).isEqualTo(ExitCode.OK);
        assertThat(out).startsWith("{\"build\":[\"" + top.path() + "\"],\"fetch\":[\"" + offered.output("out")
                        + "\"],\"downloadSize\":")
                .contains(",\"installedSize\":");
        Path sockets = Files.createTempDirectory(Path.of("/tmp"), "cd");
        Path socket = sockets.resolve("socket");
        Map<String, String> environment = Map.of("HOME", folder.toString());
        Thread daemon = Thread.ofPlatform().start(() -> CommandLineProgram.on(
                        environment,
                        InputStream.nullInputStream(),
                        new ByteArrayOutputStream(),
                        new ByteArrayOutputStream(),
                        choices -> Workspace.of(environment, choices))
                .run("daemon", "--listen=" + socket, "--store-root=" + folder.resolve("here")));
        try {
            for (int i = 0; i < 500 && daemon.isAlive() && !Sockets.isServed(socket); i++) {
                Thread.sleep(20);
            }
            checkDryRun(offered, top, servers, "--daemon=" + socket);
        } finally {
            daemon.interrupt();
            daemon.join(20_000);
            Files.deleteIfExists(socket);
            Files.delete(sockets);
        }
    }

    private void checkDryRun(NamedDerivation offered, NamedDerivation top, String... options) {
        List<String> arguments = new ArrayList<>(List.of("build", "--dry-run", top.path().toString()));
        assertThat(run(with(arguments, options))).as(err).isEqualTo(ExitCode.OK);
        assertThat(out).matches("The following derivation would be built:\n   " + top.path()
                + "\n[0-9.]+ k?B would be downloaded:\n   " + offered.output("out")
                + "  \\([0-9.]+ k?B\\)\n");
    }

    private static NamedDerivation derivation(String name, NamedDerivation... inputs) throws Exception {
        DerivationBuilder builder = new DerivationBuilder(name, "x86_64-linux", "builtin:none");
        for (NamedDerivation input : inputs) {
            builder.input(input);
        }
        return builder.build(new DerivationHasher<CairnException>(StoreDirectory.GNU, _ -> inputs[0].derivation()));
    }

    private static String[] with(List<String> names, String... options) {
        List<String> all = new ArrayList<>(names);
        all.addAll(1, List.of(options));
        return all.toArray(String[]::new);
    }

    @Test
    void warnsOfServersThatCannotBeReachedOrAreNotBelieved() throws Exception {
        Files.delete(folder.resolve("here/etc/guix/acl"));
        assertThat(run("weather", "--substitute-urls=" + url, common.toString())).isEqualTo(ExitCode.OK);
        assertThat(err).contains("warning: substitutes from '" + url + "' are not authorised").contains("hint: ");
        assertThat(run("weather", "--substitute-urls=http://127.0.0.1:1", common.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("warning: http://127.0.0.1:1: ");
        run("weather", "--substitute-urls=file://" + folder, common.toString());
        assertThat(err).contains("does not look like a server of substitutes");
        Files.writeString(folder.resolve("nix-cache-info"), "StoreDir: /nix/store\n");
        run("challenge", "--substitute-urls=file://" + folder, common.toString());
        assertThat(err).contains("its items are for the store /nix/store, not for /gnu/store");
        assertThat(run("weather", common.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("no server of substitutes").contains("--substitute-urls");
        assertThat(run("weather", "--substitute-urls=ftp://x", common.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(run("weather", "--substitute-urls=" + url)).isEqualTo(ExitCode.OK);
        assertThat(err).contains("nothing to ask about");
        assertThat(run("weather", "--all", "--substitute-urls=" + url, "hello")).isEqualTo(ExitCode.USAGE);
        assertThat(run("weather", "--all", "--substitute-urls=" + url)).isEqualTo(ExitCode.OK);
        assertThat(err).contains("nothing to ask about");
        assertThat(run("weather", "-m", "x", "--substitute-urls=" + url, "hello")).isEqualTo(ExitCode.USAGE);
        Path manifest = Files.writeString(folder.resolve("manifest.scm"), "(display 1)");
        assertThat(run("weather", "-m", manifest.toString(), "--substitute-urls=" + url)).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("error: the manifest '" + manifest + "' cannot be used");
    }

    @Test
    void comparesItemsWithThoseOfServers() {
        assertThat(run("challenge", "--substitute-urls=" + url, common.toString())).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("""

                1 store item was analyzed:
                  – 1 (100.0%) was identical
                  – 0 (0.0%) differed
                  – 0 (0.0%) were inconclusive
                """);
        assertThat(run("challenge", "-v", "--substitute-urls=" + url, common.toString(), missing.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(out).startsWith(common + " contents match:\n  local hash: ")
                .contains("\n  " + url + "/nar/zstd/" + common.baseName() + ": ")
                .contains("could not challenge '" + missing + "': no substitutes\n")
                .contains("  – 1 (50.0%) was identical\n").contains("  – 1 (50.0%) was inconclusive\n");
    }

    @Test
    void namesFilesThatDiffer() {
        // Everything that was built here is compared.
        assertThat(run("challenge", "--substitute-urls=" + url)).as(err).isEqualTo(2);
        assertThat(out).startsWith(different + " contents differ:\n  local hash: ")
                .contains("\n  differing file:\n    /bin/program\n\n1 store item was analyzed:");
        assertThat(run("challenge", "--diff=none", "--substitute-urls=" + url, different.toString())).isEqualTo(2);
        assertThat(out).doesNotContain("program");
        assertThat(run("challenge", "--json", "--substitute-urls=" + url, different.toString(), common.toString()))
                .isEqualTo(2);
        assertThat(out).startsWith("[{\"item\":\"" + different + "\",\"result\":\"mismatch\",\"local\":\"sha256:")
                .contains("\"servers\":{\"" + url + "\":\"sha256:").contains("\"differing\":[\"/bin/program\"]}")
                .contains("{\"item\":\"" + common + "\",\"result\":\"match\"");
        assertThat(run("challenge", "--diff=diffoscope", "--substitute-urls=" + url)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysWhatABuildFarmIsAt() throws Exception {
        WebHandler farm = request -> switch (request.path()) {
            case "/api/queue" -> json("""
                    [{"system": "x86_64-linux", "stoptime": 0, "buildoutputs": {"out": {"path": "%s"}}},
                     {"system": "x86_64-linux", "stoptime": 0, "buildoutputs": {}},
                     {"system": "aarch64-linux", "stoptime": 0}]
                    """.formatted(missing));
            case "/api/latestbuilds" -> json("""
                    [{"system": "x86_64-linux", "stoptime": 10000}, {"system": "x86_64-linux", "stoptime": 8200}]
                    """);
            default -> WebResponse.of(404, "text/plain", Body.Octets.NONE);
        };
        try (WebServer server = WebServer.listen("127.0.0.1", 0, farm, WebLimits.DEFAULT)) {
            run("weather", "--substitute-urls=http://127.0.0.1:" + server.port() + "/", missing.toString(),
                    common.toString());
        }
        assertThat(out).endsWith("""

                  50.0% (1 out of 2) of the missing items are queued
                  3 queued builds
                      aarch64-linux: 1 (33.3%)
                      x86_64-linux: 2 (66.7%)
                  build rate: 4.00 builds per hour
                      x86_64-linux: 4.00 builds per hour
                """);
    }

    private static WebResponse json(String text) {
        return WebResponse.of(200, "application/json", Body.Octets.text(text));
    }

    @Test
    void fetchesWhatIsPublished() throws Exception {
        StorePath top;
        try (Daemon daemon = LocalStore.open(layout("there"))) {
            StorePath bottom = daemon.addText("bottom", new byte[] {2}, List.of());
            top = daemon.addText("top", ("refers to " + bottom).getBytes(StandardCharsets.UTF_8), List.of(bottom));
        }
        assertThat(run("build", "--substitute-urls=" + url, top.toString())).as(err).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo(top + "\n");
        assertThat(run("challenge", "--substitute-urls=" + url, top.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("archive", "--generate-key")).isEqualTo(ExitCode.OK);
        assertThat(run("archive", "--export", "-r", top.toString())).as(err).isEqualTo(ExitCode.OK);
        assertThat(out).contains("-bottom").contains("-top");
    }
}
