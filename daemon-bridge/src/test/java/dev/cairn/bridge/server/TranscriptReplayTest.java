// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Recording;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conversations that were recorded with guix-daemon, held again with this server. Each runs on a store of its own,
 * which first gets what the recorded one had. What cannot be the same stands in the table, with the reason.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TranscriptReplayTest {
    private static final String TRIVIAL = "4ny1y5fv67xrijdsxaijpm1cvfhnl878-trivial.drv";
    private static final String TRIVIAL_OUT = "dbkzbwg5shlzz39kfq2j19sf4qfss42i-trivial";
    private static final String PLAIN = "nv8mjkzcd128lrcx8l3ca32lnr7w61j4-trivial-plain.drv";
    private static final String PLAIN_OUT = "xl2jbpnbfrw57b70f6xxnq74mchyvk58-trivial-plain";
    private static final String FAILING = "5r9knj514xp02c40c2mvpn3v0h969spv-failing.drv";
    private static final String FAILING_OUT = "bil6qxigxxpzlwdd6s1j7iadw8d2ifad-failing";
    private static final String DEPENDENT = "7nxxz5pm9ng6s38s4fmg5k1a63c5jxc4-depends-on-failing.drv";
    private static final String DEPENDENT_OUT = "00000000000000000000000000000001-depends-on-failing";
    private static final String CONSTANT = "9d7m1k2azv0dyvccdwq3qrg3rk7l51k6-deterministic.drv";
    private static final String CONSTANT_OUT = "00000000000000000000000000000002-deterministic";
    private static final String VARYING = "9gzvvjqz8c2kx6cs7k3qqj5m9pdv2p30-nondeterministic.drv";
    private static final String VARYING_OUT = "1ngs2n42sivbbf35qajzcvrjbjgaqyd5-nondeterministic";
    private static final String HELLO = "lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt";
    private static final String REFERRER = "g43z97wncvlz6r7js8prjjp8apm934s4-kept-referrer";
    private static final String KEPT = "pampn1g80rdaqyyh1l7jz8mpyid23ps2-kept";
    private static final String TWO = "9358hw0yqk5iffcyll3v2njzwzs1cj0d-two-outputs.drv";
    private static final String TWO_OUT = "sfi82xvhbjqg6f6w9jv5ca0qkv3194j3-two-outputs";
    private static final String TWO_DOC = "acparcgicr0bryb56f7s6vh1frvg991j-two-outputs-doc";

    /** Of an item that is not known any more. */
    private static final String RECORDED_HASH = "b57f8171e4e82b346e2723f6069dde7083be1961e2ec98cb2e63be0dc2068c9f";

    private static final String GUIX_BUILDERS = "[download, git-download]";

    /** Cairn has builders of its own. */
    private static final String BUILDERS =
            "[debian-contents, debian-overlay, debian-package, download, git-download, profile, unpack, write-files]";

    /** What a client of Guix asks for on every connection. */
    private static final List<Map.Entry<String, String>> USUAL =
            List.of(Map.entry("multiplexed-build-output", "true"));

    @TempDir
    private Path folder;

    /** Makes a store what the recorded one was. */
    @FunctionalInterface
    private interface Preparation {
        void of(Shelf shelf) throws Exception;
    }

    /** A recording and what it takes to repeat it. */
    private static final class Line {
        final String name;
        Preparation preparation = _ -> {};
        Optional<List<Map.Entry<String, String>>> greeting = Optional.empty();
        List<String> before = List.of();
        List<String> omitted = List.of();
        Map<String, String> answers = Map.of();
        boolean overNetwork;
        boolean web;
        boolean keepsFailed;

        private Line(String name) {
            this.name = name;
        }

        static Line of(String name) {
            return new Line(name);
        }

        /** What is in the store. */
        Line having(Preparation choice) {
            preparation = choice;
            return this;
        }

        /** Recordings that are played first, to fill the store. */
        Line after(String... names) {
            before = List.of(names);
            return this;
        }

        /** The greeting was left out; these options were set in it. */
        Line greeted(List<Map.Entry<String, String>> settings) {
            greeting = Optional.of(settings);
            return this;
        }

        /** Messages that begin so are neither expected nor looked at. */
        Line without(String... texts) {
            omitted = List.of(texts);
            return this;
        }

        /** Where one answer was recorded another is expected. */
        Line answering(String recorded, String expected) {
            answers = Map.of(recorded, expected);
            return this;
        }

        Line overNetwork() {
            overNetwork = true;
            return this;
        }

        /** The greeting that was left out also asked for the folders of failed builds to be kept. */
        Line keepingFailed() {
            keepsFailed = true;
            return this;
        }

        /** The web is as it was then, and may be asked for items. */
        Line withWeb() {
            web = true;
            return this;
        }
    }

    private static List<Line> table() throws IOException {
        return List.of(
                Line.of("greeting"),
                Line.of("texts"),
                Line.of("trees"),
                Line.of("path-info").after("texts", "trees"),
                Line.of("build").having(shelf -> trivial(shelf.shell())),
                Line.of("build-with-plain-log")
                        .having(shelf -> plain(shelf.shell()))
                        .greeted(List.of()),
                Line.of("build-failing").having(shelf -> failing(shelf.shell())),
                Line.of("roots").having(shelf -> hello(shelf).link("/home/alice/result", "/gnu/store/" + HELLO)),
                Line.of("roots-of-all-kinds").having(TranscriptReplayTest::roots),
                Line.of("garbage").having(TranscriptReplayTest::garbage).after("texts", "trees"),
                Line.of("garbage-up-to-a-limit").having(TranscriptReplayTest::smallGarbage).greeted(List.of()),
                Line.of("garbage-all").having(TranscriptReplayTest::muchGarbage).greeted(List.of()),
                Line.of("garbage-of-ones-own")
                        .having(TranscriptReplayTest::kept)
                        .without("NEXT removing stale temporary roots file"),
                Line.of("errors").having(TranscriptReplayTest::hello),
                Line.of("unknown-operation"),
                // Whoever comes over the network is as little trusted as an ordinary user.
                Line.of("untrusted").overNetwork(),
                Line.of("garbage-over-network").overNetwork(),
                Line.of("export").having(Shelf::keys).after("texts"),
                Line.of("import").having(Shelf::keys),
                Line.of("import-unsigned").having(shelf -> hello(shelf.keys())),
                Line.of("import-tampered").having(shelf -> hello(shelf.keys())),
                Line.of("import-nonsense").having(shelf -> hello(shelf.keys())),
                Line.of("queries").having(TranscriptReplayTest::everything)
                        .after("texts", "trees")
                        .answering(GUIX_BUILDERS, BUILDERS),
                Line.of("check-and-repair").having(shelf -> checked(shelf.shell())).greeted(USUAL),
                Line.of("keep-failed")
                        .having(shelf -> checked(shelf.shell()).output(VARYING_OUT, VARYING))
                        .greeted(USUAL)
                        .keepingFailed(),
                Line.of("fixed-outputs")
                        .having(shelf -> fixed(shelf.shell()))
                        .greeted(USUAL)
                        // Told only where that program is missing.
                        .without("NEXT `slirp4netns'"),
                Line.of("timeouts")
                        .having(shelf -> silent(shelf.shell()))
                        .greeted(List.of(
                                Map.entry("multiplexed-build-output", "true"),
                                Map.entry("build-max-silent-time", "1")))
                        // The recording's builders had users of their own, and then it is not told.
                        .without("NEXT killing process "),
                Line.of("substitutes")
                        .having(Shelf::authorisedKey)
                        .withWeb()
                        // What the program said that asked and fetched there.
                        .without("NEXT substitute: ", "NEXT guix substitute: ")
                        .answering(RECORDED_HASH, RecordedWeb.hash().hex()),
                Line.of("download")
                        .having(TranscriptReplayTest::mirrors)
                        .withWeb()
                        .greeted(USUAL),
                Line.of("client-in-scheme")
                        .having(shelf -> kept(shelf.shell()))
                        .after("texts")
                        .without("NEXT removing stale temporary roots file")
                        .answering(GUIX_BUILDERS, BUILDERS),
                Line.of("command-build").having(shelf -> failing(shelf.shell())),
                Line.of("command-archive").having(Shelf::keys).after("texts"),
                Line.of("command-list-live"),
                Line.of("command-delete"));
    }

    @TestFactory
    Stream<DynamicTest> repeatsWhatGuixDaemonSaid() throws IOException {
        return table().stream().map(line -> DynamicTest.dynamicTest(line.name, () -> play(line)));
    }

    private void play(Line line) throws Exception {
        Recording recording = Recording.of(line.name);
        Path root = Files.createDirectories(folder.resolve(line.name));
        if (line.web) {
            try (RecordedWeb web = RecordedWeb.open(Shelf.signingKey())) {
                play(line, recording, root, web.proxies());
            }
        } else {
            play(line, recording, root, Proxies.NONE);
        }
    }

    private static void play(Line line, Recording recording, Path root, Proxies proxies) throws Exception {
        try (TestServer server = new TestServer(root, settings(line), proxies)) {
            for (String before : line.before) {
                try (RawClient client = server.connect()) {
                    new Replay(client, root, List.of(), Map.of()).play(Recording.of(before));
                }
            }
            server.connect().greet().close();
            line.preparation.of(new Shelf(server.layout));
            try (RawClient client = line.overNetwork ? overNetwork(server) : server.connect()) {
                if (line.greeting.isPresent()) {
                    client.greet().setOptions(line.keepsFailed, 0, line.greeting.get());
                }
                Replay replay = new Replay(client, root, line.omitted, line.answers);
                replay.play(recording);
                for (Path kept : replay.kept()) {
                    FileTrees.delete(kept);
                }
            }
        }
    }

    /** Builders see the programs of this machine, as the shell is one of them. */
    private static StoreSettings settings(Line line) {
        return StoreSettings.DEFAULT
                .change()
                .chrootDirectories(Stream.of("/bin", "/usr", "/lib", "/lib64")
                        .filter(folder -> Files.exists(Path.of(folder)))
                        .toList())
                .substitutes(line.web)
                .substituteUrls(List.of(RecordedWeb.ADDRESS))
                .build();
    }

    private static RawClient overNetwork(TestServer server) throws Exception {
        int port = server.server.listen(new ListenAddress.Tcp("127.0.0.1", 0)).orElseThrow();
        return RawClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static void trivial(Shelf shelf) throws Exception {
        shelf.derivation(TRIVIAL, TRIVIAL_OUT, "echo hello from the builder; echo hi > $out");
    }

    private static void plain(Shelf shelf) throws Exception {
        shelf.derivation(PLAIN, PLAIN_OUT, "echo hello from the builder; echo hi > $out");
    }

    private static void failing(Shelf shelf) throws Exception {
        shelf.derivation(FAILING, FAILING_OUT, "echo about to fail; exit 3");
        shelf.derivation(DEPENDENT, DEPENDENT_OUT, "echo hi > $out", FAILING);
    }

    private static Shelf hello(Shelf shelf) throws Exception {
        return shelf.text(HELLO, "Hello, world!\n");
    }

    private static void kept(Shelf shelf) throws Exception {
        shelf.text(KEPT, "kept\n").text(REFERRER, "see /gnu/store/" + KEPT + "\n", KEPT);
        shelf.link("/var/guix/gcroots/direct", "/gnu/store/" + REFERRER);
        shelf.file("/var/guix/gcroots/" + REFERRER);
        shelf.link("/var/guix/profiles/per-user/alice/current-1-link", "/gnu/store/" + REFERRER);
    }

    private static void roots(Shelf shelf) throws Exception {
        kept(shelf);
        shelf.staleRoot("pgn2g1m4vyccd3g06gb0fr58lw5q89sy", "/home/alice/stale");
    }

    private static void garbage(Shelf shelf) throws Exception {
        shelf.shell();
        trivial(shelf);
        plain(shelf);
        failing(shelf);
        noOutput(shelf);
        shelf.output(TRIVIAL_OUT, TRIVIAL).output(PLAIN_OUT, PLAIN);
        shelf.file("/gnu/store/" + FAILING_OUT + ".lock");
        shelf.file("/gnu/store/njfax21ahw0qf0q9pfaxsj7b8bccc4bz-no-output.lock");
        shelf.text("dyf0r9gy2wcqw45vipkrprlmjnllb34x-garbage.txt", "nobody needs it\n");
        shelf.link("/var/guix/gcroots/hello", "/gnu/store/" + HELLO);
    }

    private static void smallGarbage(Shelf shelf) throws Exception {
        shelf.text("p2fd91zdrv3928qgis71lc17zs9wxfw0-garbage0", "x".repeat(100));
    }

    /** As many octets as were deleted then. */
    private static void muchGarbage(Shelf shelf) throws Exception {
        hello(shelf);
        shelf.text("6jhqcsmyyi4kzi0pvifjfi92qclx29bs-refers-to-hello", "", HELLO);
        shelf.text("m0kyf4awvlillh08q7px2vqhlqga031b-from-guile.drv", "");
        for (String name : List.of(
                "822knwsjp8vnnxx0a4108hns066l70va-temp-one",
                "9pw2h7gj4wc7fm1k5gf2m3rs2cnzl8j0-over-repl",
                "bk9y4hjh75qzf8yxy3jadp5n86qggg6h-garbage1",
                "dsm38wndlqva4lpwv2jm640dcapy2ai8-from-guile",
                "gxd4l860dzvi80ka3br0f8cyw4zzl311-tree",
                "i545kmivb6bs3fy40zn5irz21myjjb41-garbage2")) {
            shelf.text(name, "");
        }
        shelf.text(Shelf.SHELL, "x".repeat(3_965_514 - "Hello, world!\n".length()));
    }

    private static void noOutput(Shelf shelf) throws Exception {
        shelf.derivation(
                "4i43kj9nya6rlpq1ld0kamm6p2h6f1c1-no-output.drv",
                "njfax21ahw0qf0q9pfaxsj7b8bccc4bz-no-output",
                "exit 0");
    }

    private static void everything(Shelf shelf) throws Exception {
        shelf.shell();
        trivial(shelf);
        plain(shelf);
        failing(shelf);
        noOutput(shelf);
        shelf.output(TRIVIAL_OUT, TRIVIAL).output(PLAIN_OUT, PLAIN);
        shelf.derivation(TWO, Map.of("out", TWO_OUT, "doc", TWO_DOC), "", "exit 1", List.of(HELLO));
        shelf.output(TWO_OUT, TWO, HELLO).output(TWO_DOC, TWO, TWO_OUT);
    }

    private static Shelf checked(Shelf shelf) throws Exception {
        shelf.derivation(CONSTANT, CONSTANT_OUT, "echo hi > $out");
        shelf.derivation(VARYING, VARYING_OUT, "cat /proc/sys/kernel/random/uuid > $out");
        return shelf;
    }

    private static void fixed(Shelf shelf) throws Exception {
        shelf.derivation(
                "zq23zb05n8w7marjr3plbz8zaaxm89d6-fixed.drv",
                Map.of("out", "ayprb75idvdmgik2nhh14rj2xwnkw3sd-fixed"),
                "\"sha256\",\"1ea7a9b77da8c725742658e48d686d50bdaaf7f8b0289b1061adec3d249e5071\"",
                "echo other > $out",
                List.of());
    }

    private static void silent(Shelf shelf) throws Exception {
        shelf.derivation(
                "830b5aiclnlmrqr5cx8rhfyif6g7f6j0-silent.drv",
                "00000000000000000000000000000003-silent",
                "sleep 60");
    }

    private static void mirrors(Shelf shelf) throws Exception {
        shelf.text("chgbsnxxi0032ikjgwi14asmkm792yla-no-disarchive-mirrors", "()");
        shelf.text("h6zl1gw7cg9r7b4lwfqvwh0rpvcszqd7-content-addressed-mirrors", "()");
        shelf.text("xhki0mk6pvlb8xqan4ry2i7nyfx9cdfx-mirrors", "()");
    }
}
