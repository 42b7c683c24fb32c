// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.SharedData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a channel of Guix's packages: from nothing to a running program, through HTTP alone. */
class GuixCommandsTest {
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    private Path folder = Path.of("/");

    private CommandRuns cairn = new CommandRuns(Path.of("/"), new Installation(Optional.empty()), Path.of("/"));
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void makeMachine() throws Exception {
        Path machine = Files.createDirectory(folder.resolve("machine"));
        cairn = new CommandRuns(
                folder.resolve("home"), new Installation(Optional.of(folder.resolve("nothing"))), machine);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private DataServiceStub service() throws Exception {
        DataServiceStub stub = DataServiceStub.start();
        open.add(stub);
        return stub;
    }

    /** The packages of a cache, by its list of items. */
    private static List<DataServiceStub.Package> cached(Path cache) throws Exception {
        Map<String, SortedMap<String, String>> outputs = new TreeMap<>();
        for (String line : Files.readAllLines(cache.resolve("items.tsv"))) {
            String[] fields = line.split("\t");
            outputs.computeIfAbsent(fields[0], _ -> new TreeMap<>()).put(fields[1], fields[2]);
        }
        List<DataServiceStub.Package> packages = new ArrayList<>();
        outputs.forEach((label, paths) -> {
            int hyphen = label.lastIndexOf('-');
            packages.add(GuixPackages.with(label.substring(0, hyphen), label.substring(hyphen + 1), paths));
        });
        return packages;
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void goesFromAnEmptyStoreToARunningProgram() throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        Namespaces.assumeUsable();
        DataServiceStub service = service().commit(FIRST, "2025-06-12 08:00:00", cached(cache));
        CacheServer farm = CacheServer.serving(cache);
        open.add(farm);

        cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
        assertThat(service.asked()).isEmpty();
        cairn.must("pull");
        assertThat(cairn.out()).contains(FIRST);
        cairn.must("search", "hello");
        assertThat(cairn.out()).contains("hello", "2.12", "The program hello");

        // Nobody said where packages come from, then nobody trusts who signs them.
        assertThat(cairn.run("install", "hello")).isNotZero();
        assertThat(cairn.err()).contains("--substitute-urls");
        String servers = "--substitute-urls=" + farm.url();
        assertThat(cairn.run("install", servers, "hello")).isNotZero();
        assertThat(folder.resolve("home/.local/share/cairn/bin/hello")).doesNotExist();

        Path key = cache.resolve("signing-key.pub");
        cairn.must(Files.readString(key).getBytes(StandardCharsets.UTF_8), "archive", "--authorize");
        cairn.must("install", "--dry-run", servers, "fortune");
        assertThat(cairn.out()).contains("fortune 3.1").containsPattern("To fetch prebuilt: [1-9]");
        cairn.must("install", servers, "hello", "fortune");
        assertThat(run("hello")).contains("ello");
        assertThat(run("fortune")).isNotBlank();

        Files.createDirectories(folder.resolve("home/.local/share/cairn/etc/cairn"));
        Files.writeString(folder.resolve("home/.local/share/cairn/etc/cairn/substitutes"), farm.url() + "\n");
        cairn.must("show", "suite");
        assertThat(cairn.out())
                .doesNotContain("dependencies")
                .containsPattern("installed_size: [0-9]")
                .containsPattern("closure_size: [0-9]");
        cairn.must("build", "libmulti:doc");
        assertThat(cairn.out()).contains("/gnu/store/fdw0z3hknvglk8rs28lm58ldbrmbd7i4-libmulti-0.9-doc");
        cairn.must("roll-back");
        assertThat(folder.resolve("home/.local/share/cairn/bin/hello")).doesNotExist();
        cairn.must("install", "--at=1", "hello");
        assertThat(run("hello")).contains("ello");
    }

    private String run(String program) throws Exception {
        Process process = new ProcessBuilder(
                        folder.resolve("home/.local/share/cairn/bin").resolve(program).toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void keepsRevisionsAndLooksIntoThem() throws Exception {
        DataServiceStub service = service()
                .commit(FIRST, "2025-06-12 08:00:00", List.of(GuixPackages.simple("hello", "2.10")));
        cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix", "--branch=master");
        cairn.must("pull", "guix");
        service.commit(SECOND, "2025-06-13 20:16:26", List.of(
                GuixPackages.simple("hello", "2.12"), GuixPackages.simple("fresh", "0.1")));
        cairn.must("pull");
        cairn.must("search", "fresh");

        cairn.must("pull", "--list-generations");
        assertThat(cairn.out())
                .contains("Generation 1\t", "Generation 2\t", "(current)", "guix a1b2c3d", "branch: master", SECOND);
        cairn.must("search", "--at=" + FIRST.substring(0, 8), "hello");
        assertThat(cairn.out()).contains("2.10").doesNotContain("2.12");
        assertThat(cairn.run("search", "--at=1", "fresh")).isEqualTo(ExitCode.FAILURE);
        cairn.must("search", "hello");
        assertThat(cairn.out()).contains("2.12");
        assertThat(cairn.run("show", "--at=guix=1", "hello")).as(cairn.err()).isZero();
        assertThat(cairn.out()).contains("version: 2.10");

        cairn.must("pull", "--roll-back");
        assertThat(cairn.out()).contains("from revision 2 to 1");
        cairn.must("search", "hello");
        assertThat(cairn.out()).contains("2.10");
        assertThat(cairn.run("pull", "--roll-back")).isNotZero();
        cairn.must("pull", "--switch-generation=+1");
        cairn.must("channel", "list");
        assertThat(cairn.out()).contains(SECOND, "2 packages", "grafts");
        assertThat(cairn.run("pull", "-S", "7")).isNotZero();
        cairn.must("pull", "--delete-generations=1");
        cairn.must("pull", "-l");
        assertThat(cairn.out()).doesNotContain("Generation 1\t");
        cairn.must("pull", "--commit=" + FIRST);
        cairn.must("channel", "list", "--json");
        assertThat(cairn.out()).contains("\"commit\":\"" + FIRST);
        assertThat(cairn.run("pull", "--commit=" + "9".repeat(40))).isNotZero();
        assertThat(cairn.err()).contains("has not processed", SECOND);
        assertThat(cairn.run("pull", "--roll-back", "-l")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void addsThePublicServiceWithoutAskingAnybody() {
        cairn.must("channel", "add", "guix");
        assertThat(cairn.out())
                .contains("https://bordeaux.guix.gnu.org", "https://ci.guix.gnu.org", "(public-key", "--authorize");
        cairn.must("channel", "list", "--json");
        assertThat(cairn.out()).contains("\"guix\"", "https://data.guix.gnu.org master");
        assertThat(folder.resolve("home/.local/share/cairn/etc/guix/acl")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithAnAddress() throws Exception {
        DataServiceStub service = service();
        service.replace("/", DataServiceStub.text(200, "text/html", "<html>"));
        cairn.must("channel", "add", "ours", service.address().toString(), "--type=guix");
        assertThat(cairn.run("pull", "ours")).isNotZero();
        assertThat(cairn.err()).contains("not a Guix Data Service");
        assertThat(cairn.run("channel", "add", "x", "ftp://example.org", "--type=guix")).isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("channel", "add", "x", "https://me:secret@example.org", "--type=guix"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cairn.err()).contains("https://...@example.org").doesNotContain("secret");
        assertThat(cairn.run("channel", "add", "x", "https://example.org", "--type=guix", "--commit=abc"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("channel", "add", "x", "https://example.org", "--type=nix")).isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("channel", "add", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("channel", "add", "x", "/folder", "--branch=b")).isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("search", "--at=1", "x")).isNotZero();
        assertThat(cairn.err()).contains("no revision '1'");
    }
}
