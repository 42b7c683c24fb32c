// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Daemon;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.Nix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nix's own programs, with the server where they expect nix-daemon. */
class NixToolsTest {
    @TempDir
    Path folder;

    private TestServer server;
    private Nix nix;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.ofNix(Files.createDirectory(folder.resolve("root")));
        nix = Nix.through(server.socket, server.layout.root(), Files.createDirectory(folder.resolve("home")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void addsFilesAndTrees() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(tree.resolve("file"), "contents\n");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        String item = nix.run("nix-store", "--add", folder.resolve("tree").toString()).getFirst();
        assertThat(physical(item).resolve("inner/file")).hasContent("contents\n");
        String flat = nix.run("nix-store", "--add-fixed", "sha256", tree.resolve("file").toString()).getFirst();
        assertThat(physical(flat)).hasContent("contents\n");
        nix.run("nix-store", "--add-fixed", "--recursive", "sha1", tree.toString());

        Nix itself = Nix.on(Files.createDirectory(folder.resolve("other")));
        assertThat(itself.run("nix-store", "--add", folder.resolve("tree").toString())).containsExactly(item);
        assertThat(itself.run("nix-store", "--add-fixed", "sha256", tree.resolve("file").toString()))
                .containsExactly(flat);
        for (String question : List.of("--hash", "--size", "--references", "--referrers", "--deriver", "--tree")) {
            assertThat(nix.run("nix-store", "--query", question, item))
                    .as(question)
                    .isEqualTo(itself.run("nix-store", "--query", question, item));
        }
        assertThat(nix.run("nix", "path-info", "--json", item).getFirst().replaceAll("\"registrationTime\":\\d+", ""))
                .isEqualTo(itself.run("nix", "path-info", "--json", item)
                        .getFirst()
                        .replaceAll("\"registrationTime\":\\d+", ""));
        assertThat(nix.run("nix", "store", "ls", "-R", item))
                .isEqualTo(itself.run("nix", "store", "ls", "-R", item));
        assertThat(nix.run("nix", "path-info", "--all")).hasSize(3);
        assertThat(nix.fail("nix-store", "--query", "--hash", "/nix/store/" + "0".repeat(32) + "-none"))
                .contains("is not valid");
    }

    @Test
    void instantiatesAndBuilds() throws Exception {
        Namespaces.assumeUsable();
        Path key = Files.writeString(folder.resolve("key"), NixSecretKey.generate("builder-1").text() + "\n");
        Files.writeString(
                Files.createDirectories(server.layout.configuration()).resolve("nix.conf"),
                "secret-key-files = " + key + "\n");
        String derivation = nix.run("nix-instantiate", expression("two.nix", TWO)).getFirst();
        Nix itself = Nix.on(Files.createDirectory(folder.resolve("other")));
        assertThat(itself.run("nix-instantiate", folder.resolve("two.nix").toString())).containsExactly(derivation);

        Path link = folder.resolve("result");
        Nix.Ending built = nix.attempt(
                Path.of("/dev/null"), "nix-build", folder.resolve("two.nix").toString(), "-o", link.toString());
        assertThat(built.status()).as(built.errors()).isZero();
        assertThat(built.errors()).contains("building '" + derivation + "'").contains("a line of the second");
        String output = built.lines().getFirst();
        assertThat(Files.readSymbolicLink(link)).hasToString(output);
        assertThat(physical(output)).content().startsWith("first\n").contains("text of a source");

        assertThat(nix.run("nix-store", "--query", "--outputs", derivation)).containsExactly(output);
        assertThat(nix.run("nix-store", "--query", "--deriver", output)).containsExactly(derivation);
        assertThat(nix.run("nix-store", "--query", "--requisites", "--include-outputs", derivation))
                .hasSize(5)
                .contains(output, derivation);
        assertThat(nix.run("nix-store", "--query", "--roots", output))
                .containsExactly(link + " -> " + output);
        assertThat(nix.run("nix-store", "--read-log", derivation)).containsExactly("a line of the second");
        assertThat(nix.run("nix-store", "--realise", derivation, "--check")).containsExactly(output);
        assertThat(nix.run("nix", "build", "-f", folder.resolve("two.nix").toString(), "--no-link", "--json"))
                .containsExactly("[{\"drvPath\":\"" + derivation + "\",\"outputs\":{\"out\":\"" + output + "\"}}]");
        assertThat(nix.run("nix", "path-info", "--sigs", output).getFirst()).contains("ultimate", "builder-1:");
        String file = expression("passed.nix", PASSED);
        assertThat(physical(nix.run("nix-build", file, "--no-out-link").getFirst())).hasContent("a long text");
    }

    @Test
    void tellsOfBuildsThatFail() throws Exception {
        Namespaces.assumeUsable();
        String failing = expression("failing.nix", """
                derivation { name = "failing"; system = builtins.currentSystem; builder = "/bin/sh"; hostTools = "1";
                  args = ["-c" "echo what went wrong; exit 3"]; }
                """);
        assertThat(nix.fail("nix-build", failing, "--no-out-link"))
                .contains("exit code 3", "> what went wrong");
        assertThat(nix.fail("nix", "build", "-f", failing, "--no-link")).contains("exit code 3");
        String nowhere = expression("nowhere.nix", """
                derivation { name = "nowhere"; system = builtins.currentSystem; builder = "/bin/sh"; }
                """);
        assertThat(nix.fail("nix-build", nowhere, "--no-out-link")).contains("failed").contains("/bin/sh");
        String structured = expression("structured.nix", """
                derivation { name = "structured"; system = builtins.currentSystem; builder = "/bin/sh";
                  __structuredAttrs = true; }
                """);
        assertThat(nix.fail("nix-build", structured, "--no-out-link")).contains("structured attributes");
        String fetched = expression("fetched.nix", """
                derivation { name = "fetched"; system = "builtin"; builder = "builtin:fetchurl";
                  url = "file:///nowhere"; outputHashMode = "flat"; outputHashAlgo = "sha256";
                  outputHash = "0000000000000000000000000000000000000000000000000000"; }
                """);
        assertThat(nix.fail("nix-build", fetched, "--no-out-link")).contains("unsupported builtin function 'fetchurl'");
        String floating = expression("floating.nix", """
                derivation { name = "floating"; system = builtins.currentSystem; builder = "/bin/sh";
                  __contentAddressed = true; outputHashMode = "recursive"; outputHashAlgo = "sha256"; }
                """);
        assertThat(nix.fail("nix-build", floating, "--no-out-link", "--extra-experimental-features", "ca-derivations"))
                .contains("named by their contents, which is not supported");
        String wrong = expression("wrong.nix", """
                derivation { name = "wrong"; system = builtins.currentSystem; builder = "/bin/sh"; hostTools = "1";
                  outputHashMode = "flat"; outputHashAlgo = "sha256"; args = ["-c" "echo hi > $out"];
                  outputHash = "0000000000000000000000000000000000000000000000000000000000000000"; }
                """);
        assertThat(nix.fail("nix-build", wrong, "--no-out-link")).contains("hash mismatch");
    }

    @Test
    void exportsAndImports() throws Exception {
        Namespaces.assumeUsable();
        Namespaces.assumeRoot();
        String output = nix.run("nix-build", expression("two.nix", TWO), "--no-out-link").getFirst();
        List<String> closure = nix.run("nix-store", "--query", "--requisites", output);
        assertThat(closure).hasSize(2);
        Path archive = archive(nix, closure);
        Nix itself = Nix.on(Files.createDirectory(folder.resolve("other")));
        assertThat(itself.attempt(archive, "nix-store", "--import").lines()).containsExactlyElementsOf(closure);
        assertThat(archive(itself, closure)).hasSameBinaryContentAs(archive);
        nix.run("nix-store", "--delete", output);
        assertThat(physical(output)).doesNotExist();
        Nix.Ending imported = nix.attempt(archive, "nix-store", "--import");
        assertThat(imported.status()).as(imported.errors()).isZero();
        assertThat(physical(output)).exists();
        nix.run("nix-store", "--delete", output);
        assertThat(nix.attempt(Path.of("/dev/null"), "nix", "copy", "--no-check-sigs", "--from", itself.store(), "--to",
                        nix.store(), output).status())
                .isZero();
        assertThat(physical(output)).exists();
        nix.run("nix", "store", "verify", "--all", "--no-trust");
    }

    @Test
    void collectsVerifiesAndOptimises() throws Exception {
        Namespaces.assumeUsable();
        Path link = folder.resolve("kept");
        String kept = nix.run("nix-build", expression("two.nix", TWO), "-o", link.toString()).getFirst();
        String dead = nix.run("nix-store", "--add", expression("dead", "of no use")).getFirst();
        assertThat(nix.run("nix-store", "--gc", "--print-dead")).containsExactly(dead);
        assertThat(nix.run("nix-store", "--gc", "--print-live")).contains(kept).doesNotContain(dead);
        assertThat(nix.run("nix-store", "--gc", "--print-roots")).contains(link + " -> " + kept);
        assertThat(nix.fail("nix-store", "--delete", kept)).contains("still alive");
        nix.run("nix-store", "--gc");
        assertThat(physical(dead)).doesNotExist();
        assertThat(physical(kept)).exists();
        nix.run("nix-store", "--optimise");
        nix.run("nix-store", "--verify", "--check-contents");
        server.close();
        // Nix opens the store without the daemon, and finds nothing wrong either.
        Nix itself = Nix.on(server.layout.root());
        assertThat(itself.attempt(Path.of("/dev/null"), "nix-store", "--verify", "--check-contents").errors())
                .doesNotContain("modified", "disappeared", "error");
        assertThat(itself.run("nix", "path-info", "--all", "--sigs"))
                .anyMatch(line -> line.startsWith(kept) && line.contains("ultimate"));
    }

    @Test
    void servesWhatNixHasPutIntoTheStore() throws Exception {
        Nix itself = Nix.on(server.layout.root());
        String item = itself.run("nix-store", "--add", expression("file", "of Nix")).getFirst();
        assertThat(nix.run("nix-store", "--query", "--hash", item))
                .isEqualTo(itself.run("nix-store", "--query", "--hash", item));
        assertThat(nix.run("nix", "path-info", "--sigs", item).getFirst()).contains("ca:fixed:r:sha256:");
        nix.run("nix-store", "--verify", "--check-contents");
        try (Daemon daemon = LocalStore.open(server.layout, Proxies.environment())) {
            StorePath path = StoreDirectory.NIX.parse(item);
            assertThat(daemon.pathInfo(path).orElseThrow().provenance().contentAddress()).isPresent();
        }
    }

    /** As Debian has Nix do it: any builder of the machine, in the open. */
    @Test
    void buildsWithoutIsolationWhereTheStoreIsWhereItsNameSays() throws Exception {
        Namespaces.assumeRoot();
        String own = Files.createDirectory(folder.resolve("own")).toRealPath().toString();
        Places places = new Places(
                own + "/var", own + "/var/db", own + "/log", own + "/etc", Places.NIX_SCHEMA);
        StoreLayout layout = new StoreLayout(new StoreDirectory(own + "/store"), Path.of("/"), places);
        Map<String, String> variables = Map.of(
                "NIX_STORE_DIR", own + "/store", "NIX_STATE_DIR", own + "/var", "NIX_LOG_DIR", own + "/log");
        try (TestServer open = TestServer.ofNix(layout)) {
            Nix tools = Nix.through(open.socket, variables, folder.resolve("home"));
            String file = expression("open.nix", """
                    derivation { name = "open"; system = builtins.currentSystem; builder = "/bin/sh";
                      args = ["-c" "echo $out > $out"]; }
                    """);
            String output =
                    tools.run("nix-build", file, "--no-out-link", "--option", "sandbox", "false").getFirst();
            assertThat(output).startsWith(own + "/store/");
            assertThat(Path.of(output)).hasContent(output);
            assertThat(tools.run("nix-store", "--query", "--references", output)).containsExactly(output);
        }
    }

    private Path archive(Nix tools, List<String> items) throws Exception {
        String[] arguments = new String[items.size() + 1];
        arguments[0] = "--export";
        for (int i = 0; i < items.size(); i++) {
            arguments[i + 1] = items.get(i);
        }
        Nix.Ending exported = tools.attempt(Path.of("/dev/null"), "nix-store", arguments);
        assertThat(exported.status()).as(exported.errors()).isZero();
        Path file = Files.createTempFile(folder, "archive", ".export");
        return Files.write(file, exported.output().getBytes(StandardCharsets.ISO_8859_1));
    }

    private String expression(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Path physical(String item) {
        return server.layout.physical(item);
    }

    /** One derivation needs another, and a text. */
    private static final String TWO = """
            let first = derivation { name = "first"; system = builtins.currentSystem; builder = "/bin/sh";
              hostTools = "1"; args = ["-c" "echo first > $out"]; };
            in derivation { name = "second"; system = builtins.currentSystem; builder = "/bin/sh"; hostTools = "1";
              inherit first; text = builtins.toFile "text" "text of a source";
              args = ["-c" "echo a line of the second; /usr/bin/cat $first $text > $out; echo $first >> $out"]; }
            """;

    private static final String PASSED = """
            derivation { name = "passed"; system = builtins.currentSystem; builder = "/bin/sh"; hostTools = "1";
              passAsFile = ["text"]; text = "a long text";
              args = ["-c" "test -z \\"$text\\" && /usr/bin/cat $textPath > $out"]; }
            """;
}
