// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.SearchPathEvaluator;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.manifest.ShellDefinition;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Golden;
import dev.cairn.testing.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProfileBuilderTest {
    private static final String PROFILE = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-profile";
    private static final String MANIFEST = "/gnu/store/1123456789abcdfghijklmnpqrsvwxyz-manifest";

    private static final String OVERLAY = "/gnu/store/3123456789abcdfghijklmnpqrsvwxyz-debian-overlay";

    /** Besides a package of the usual kind one of an archive, with another that came along; neither item is there. */
    private static final String DEBIAN_MANIFEST = """
            (manifest (version 4) (packages (
              ("foo" "1.0" "out" "/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0")
              ("jq" "1.6-2" "out" "/gnu/store/4123456789abcdfghijklmnpqrsvwxyz-jq-1.6-2"
                (propagated-inputs (("libc6" "2.36-9" "out" "/gnu/store/5123456789abcdfghijklmnpqrsvwxyz-libc6-2.36-9"
                  (properties ((cairn-debian . "amd64"))))))
                (properties ((cairn-debian . "amd64")))))))""";

    private static final String ITEMS = "/gnu/store/6123456789abcdfghijklmnpqrsvwxyz-";

    @TempDir
    Path root;

    private StoreLayout layout;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void makeItems() throws IOException {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        Files.createDirectories(layout.physicalStore());
        Files.createDirectory(root.resolve("tmp"));
        for (Map.Entry<String, JsonNode> item : Golden.json("profile/tree.json").get("items").properties()) {
            Trees.make(layout.physical(item.getKey()), item.getValue());
        }
    }

    @Test
    void buildsTheDirectoryThatGuixBuilds() throws Exception {
        String manifest = Golden.text("manifest/version-4.scm");
        build(manifest);
        Path profile = layout.physical(PROFILE);
        JsonNode golden = Golden.json("profile/tree.json");
        assertThat(Trees.list(profile)).isEqualTo(Trees.listing(golden.get("result")));
        assertThat(profile.resolve("manifest")).hasContent(manifest);
        assertThat(Files.readString(profile.resolve("etc/profile"))).isEqualTo(Golden.text("profile/etc-profile.txt"));
        assertThat(log.stream().filter(line -> line.startsWith("  ")))
                .allMatch(line -> line.endsWith(golden.get("collisions").get(0).asString()))
                .hasSize(2);
    }

    @Test
    void buildsTheEmptyProfile() throws Exception {
        build(Golden.text("manifest/version-4-empty.scm"));
        Path profile = layout.physical(PROFILE);
        assertThat(Trees.list(profile))
                .isEqualTo(Map.of("etc", "directory", "etc/profile", "file", "manifest", "file"));
        assertThat(Files.readString(profile.resolve("etc/profile")))
                .isEqualTo(Golden.text("profile/etc-profile-empty.txt"));
    }

    @Test
    void makesEtcItsOwnWhenItComesFromOnePackage() throws Exception {
        build("(manifest (version 4) (packages ((\"foo\" \"1.0\" \"out\" "
                + "\"/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0\"))))");
        SortedMap<String, String> listing = Trees.list(layout.physical(PROFILE));
        assertThat(listing)
                .containsEntry("etc", "directory")
                .containsEntry("etc/profile", "file")
                .containsEntry(
                        "etc/foo.conf", "-> /gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0/etc/foo.conf")
                .containsEntry("bin", "-> /gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0/bin");
    }

    @Test
    void linksPackagesOfArchivesInsteadOfUnitingThem() throws Exception {
        Files.writeString(layout.physical(MANIFEST), DEBIAN_MANIFEST);
        Derivation plain = derivation(MANIFEST);
        assertThatThrownBy(() -> run(plain)).isInstanceOf(FormatException.class).hasMessageContaining("'debian'");
        SortedMap<String, String> variables = new TreeMap<>(plain.environment());
        variables.put("debian", OVERLAY);
        run(new Derivation(
                plain.outputs(),
                plain.inputDerivations(),
                new TreeSet<>(List.of(StoreDirectory.GNU.parse(MANIFEST), StoreDirectory.GNU.parse(OVERLAY))),
                plain.system(),
                plain.builder(),
                plain.arguments(),
                variables));
        assertThat(Trees.list(layout.physical(PROFILE)))
                .containsEntry("debian", "-> " + OVERLAY)
                .containsEntry("bin", "-> /gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0/bin")
                .containsEntry("manifest", "file");
    }

    @Test
    void makesWhatNoPackageHasAlone() throws Exception {
        item("a-1", Map.of(
                "share/info/a.info", """
                        INFO-DIR-SECTION Programs
                        START-INFO-DIR-ENTRY
                        * A: (a).          The first
                                           manual.
                        * B of A: (a)B.    Part of it.
                        END-INFO-DIR-ENTRY
                        INFO-DIR-SECTION Basics
                        START-INFO-DIR-ENTRY
                        * Zero: (a)0.      Begin here.
                        END-INFO-DIR-ENTRY
                        \037
                        """,
                "share/info/a.de.info", "START-INFO-DIR-ENTRY\n* Ah: (a.de).  Auf Deutsch.\nEND-INFO-DIR-ENTRY\n",
                "share/info/dir", "not this one",
                "share/info/a.info-1", "START-INFO-DIR-ENTRY\n* No: (no).  No.\nEND-INFO-DIR-ENTRY\n",
                "etc/ssl/certs/one.pem", "ONE\n",
                "share/emacs/site-lisp/mode-1/mode.el", "",
                "share/emacs/site-lisp/plain.el", "",
                "share/applications/a.desktop", "[Desktop Entry]\nMimeType=text/plain;image/png;\n"));
        item("b-2", Map.of(
                "share/info/b.info.gz", "",
                "etc/ssl/certs/two.pem", "TWO",
                "etc/ssl/certs/README", "no certificate",
                "share/applications/kde/b.desktop", "[Other]\nMimeType=x/y\n[Desktop Entry]\nMimeType=text/plain\n",
                "share/applications/a.desktop", "[Desktop Entry]\nMimeType=video/mp4;\n"));
        try (var out = new GZIPOutputStream(Files.newOutputStream(
                layout.physical(ITEMS + "b-2/share/info/b.info.gz")))) {
            out.write("INFO-DIR-SECTION Programs\nSTART-INFO-DIR-ENTRY\n* B: (b).  Packed.\nEND-INFO-DIR-ENTRY\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        build("(manifest (version 4) (packages ((\"a\" \"1\" \"out\" \"" + ITEMS + "a-1\") (\"b\" \"2\" \"out\" \""
                + ITEMS + "b-2\"))))");
        Path profile = layout.physical(PROFILE);
        assertThat(Files.readString(profile.resolve("share/info/dir"))).endsWith("""
                * Menu:

                Basics
                * Zero: (a)0.      Begin here.

                Programs
                * A: (a).          The first
                                   manual.
                * B of A: (a)B.    Part of it.
                * B: (b).  Packed.
                """).contains("\n\037\nFile: dir,\tNode: Top");
        assertThat(Files.readString(profile.resolve("share/info/dir.de")))
                .endsWith("\nMiscellaneous\n* Ah: (a.de).  Auf Deutsch.\n");
        assertThat(profile.resolve("etc/ssl/certs/ca-certificates.crt")).hasContent("ONE\n\nTWO\n");
        assertThat(profile.resolve("share/emacs/site-lisp/subdirs.el"))
                .hasContent("(normal-top-level-add-to-load-path (list \"mode-1\"))\n");
        assertThat(profile.resolve("share/applications/mimeinfo.cache")).hasContent("""
                [MIME Cache]
                image/png=a.desktop;
                text/plain=a.desktop;kde-b.desktop;
                """);
        assertThat(Trees.list(profile))
                .containsEntry("share/info/dir", "file")
                .containsEntry("share/info/a.info", "-> " + ITEMS + "a-1/share/info/a.info")
                .containsEntry("etc/ssl/certs/two.pem", "-> " + ITEMS + "b-2/etc/ssl/certs/two.pem")
                .doesNotContainValue("-> " + PROFILE + "-made");
        assertThat(Trees.list(profile).values()).noneMatch(value -> value.contains("-made"));
        assertThat(log.toString()).doesNotContain("info/dir");
    }

    private void item(String name, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = layout.physical(ITEMS + name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @Test
    void refusesNamesThatAreNoVariables() {
        String manifest = "(manifest (version 4) (packages ((\"foo\" \"1.0\" \"out\" "
                + "\"/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0\" "
                + "(search-paths ((\"X;reboot;Y\" (\"bin\") \":\" directory #f)))))))";
        assertThatThrownBy(() -> build(manifest)).isInstanceOf(FormatException.class);
    }

    @Test
    void keepsFileNamesFromBeingRunByTheShell() throws Exception {
        Path item = layout.physical("/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0");
        Files.writeString(item.resolve("include/$(reboot)\"`x`.h"), "");
        build("(manifest (version 4) (packages ((\"foo\" \"1.0\" \"out\" "
                + "\"/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0\" "
                + "(search-paths ((\"X\" (\"include\") \":\" regular \"reboot\")))))))");
        assertThat(Files.readString(layout.physical(PROFILE).resolve("etc/profile")))
                .contains("/include/\\$(reboot)\\\"\\`x\\`.h${X:+:}$X\"");
    }

    @Test
    void refusesAManifestThatIsNoInput() throws IOException {
        Files.writeString(layout.physical(MANIFEST), Golden.text("manifest/version-4.scm"));
        Derivation other = derivation("/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0");
        assertThatThrownBy(() -> run(other)).hasMessageContaining("not among the input sources");
    }

    @Test
    void evaluatesSearchPathsAsGuixDoes() throws Exception {
        build(Golden.text("manifest/version-4.scm"));
        JsonNode golden = Golden.json("profile/search-paths.json");
        List<SearchPathSpecification> paths =
                golden.get("specifications").valueStream().map(Golden::searchPath).toList();
        Path second = Path.of("/gnu/store/1123456789abcdfghijklmnpqrsvwxyz-profile");
        LogicalFiles files = new LogicalFiles(layout).with(second, layout.physical(PROFILE));
        for (JsonNode example : golden.get("cases")) {
            Map<String, String> environment = new TreeMap<>();
            example.get("environment").properties().forEach(e -> environment.put(e.getKey(), e.getValue().asString()));
            List<Path> directories = Golden.strings(example.get("directories")).stream().map(Path::of).toList();
            Map<String, String> values = new TreeMap<>();
            new SearchPathEvaluator(files)
                    .evaluate(paths, directories, environment)
                    .forEach((path, value) -> values.put(path.variable(), value));
            Map<String, String> expected = new TreeMap<>();
            example.get("result").properties().forEach(e -> expected.put(e.getKey(), e.getValue().asString()));
            assertThat(values).isEqualTo(expected);
        }
    }

    @Test
    void writesDefinitionsAsGuixDoes() {
        for (JsonNode example : Golden.json("profile/search-paths.json").get("definitions")) {
            String variable = example.get("variable").asString();
            String value = example.get("value").asString();
            JsonNode node = example.get("separator");
            Optional<String> separator = node.isNull() ? Optional.empty() : Optional.of(node.asString());
            String text = switch (example.get("kind").asString()) {
                case "prefix" -> ShellDefinition.prefix(variable, value, separator);
                case "suffix" -> ShellDefinition.suffix(variable, value, separator);
                default -> ShellDefinition.exact(variable, value);
            };
            assertThat(text).isEqualTo(example.get("text").asString());
        }
    }

    private void build(String manifest) throws Exception {
        Files.writeString(layout.physical(MANIFEST), manifest);
        run(derivation(MANIFEST));
    }

    private Derivation derivation(String source) {
        try {
            SortedMap<String, DerivationOutput> outputs = new TreeMap<>();
            outputs.put("out", new DerivationOutput(Optional.of(StoreDirectory.GNU.parse(PROFILE)), "", ""));
            return new Derivation(
                    outputs,
                    new TreeMap<>(),
                    new TreeSet<>(List.of(StoreDirectory.GNU.parse(source))),
                    "x86_64-linux",
                    "builtin:profile",
                    List.of(),
                    new TreeMap<>(Map.of("manifest", MANIFEST)));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private void run(Derivation derivation) throws Exception {
        StorePath path = StoreDirectory.GNU.parse("/gnu/store/2123456789abcdfghijklmnpqrsvwxyz-profile.drv");
        SortedMap<String, Path> outputs = new TreeMap<>(Map.of("out", layout.physical(PROFILE)));
        Activities activities = new Activities(event -> {
            if (event instanceof Event.LogLine(_, String line)) {
                log.add(line);
            }
        });
        try (Activities.Activity activity = activities.start(Event.Kind.BUILD, "profile")) {
            new ProfileBuilder()
                    .build(new Builtin.Context(path, derivation, layout, outputs, root.resolve("tmp"), activity));
            activity.finish();
        }
    }
}
