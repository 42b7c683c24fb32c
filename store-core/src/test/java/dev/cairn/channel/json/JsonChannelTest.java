// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import static dev.cairn.channel.json.TestChannel.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.ChannelException;
import dev.cairn.packages.Specification;
import dev.cairn.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JsonChannelTest {
    @TempDir
    private Path folder;

    @Test
    void readsDefinitionsFromAllFoldersBelowPackages() throws Exception {
        TestChannel channel = TestChannel.in(folder)
                .file("packages/a.json", simple("a", "1", ""))
                .file("packages/deep/er/b.json", "[" + simple("b", "1", "") + ", " + simple("b", "2", "") + "]")
                .file("packages/README", "no definitions")
                .file("other/c.json", simple("c", "1", ""));
        assertThat(channel.labels()).containsExactly("a@1", "b@1", "b@2");
        assertThat(channel.only("b").location()).contains("packages/deep/er/b.json:1");
        assertThat(channel.problems()).isEmpty();
    }

    /** Opening it would wait for ever. */
    @Test
    @Timeout(30)
    void leavesOutNamedPipes() throws Exception {
        TestChannel channel = TestChannel.in(folder).file("packages/a.json", simple("a", "1", ""));
        String pipe = folder.resolve("packages/pipe.json").toString();
        assumeTrue(new ProcessBuilder("mkfifo", pipe).start().waitFor() == 0, "skipped: mkfifo does not work here");
        assertThat(channel.labels()).containsExactly("a@1");
        assertThat(channel.problems()).anyMatch(text -> text.startsWith("packages/pipe.json: found something"));
    }

    @Test
    void tellsTheCatalogWhatPackagesNeed() throws Exception {
        TestChannel channel = TestChannel.in(folder).packages("["
                + simple("a", "1", "") + "," + simple("b", "1", "") + ","
                + simple("c", "1", "") + """
                , {"name": "d", "version": "1", "build-system": "script", "synopsis": "D", "license": "MIT",
                   "description": ["One.", "Two."], "inputs": ["a"], "native-inputs": ["b"],
                   "arguments": {"script": "cp #$c/share/c #$a/share/a #$output", "host-tools": true}}]""");
        CatalogPackage row = channel.only("d");
        assertThat(row.inputs()).containsExactly(Specification.parse("a"), Specification.parse("c"));
        assertThat(row.nativeInputs()).containsExactly(Specification.parse("b"));
        assertThat(row.impure()).isTrue();
        assertThat(row.description()).isEqualTo("One.\n\nTwo.");
    }

    @Test
    void leavesOutWhatNeedsSomethingUnknown() throws Exception {
        TestChannel channel = TestChannel.in(folder).packages("[" + simple("good", "1", "") + ",\n"
                + simple("bad", "1", "\"inputs\": [\"goood\"]") + ",\n"
                + simple("worse", "1", "\"inputs\": [\"bad\"]") + ",\n"
                + simple("odd", "1", "\"inputs\": [\"good@2\"]") + ",\n"
                + simple("out", "1", "\"inputs\": [\"good:doc\"]") + "]");
        assertThat(channel.labels()).containsExactly("good@1");
        assertThat(channel.problems()).hasSize(4)
                .anyMatch(text -> text.startsWith("packages/all.json:3:1: bad.inputs: found 'bad@1'")
                        && text.contains("needs 'goood', but the channel has no such package")
                        && text.endsWith("expected Did you mean good?"))
                .anyMatch(text -> text.contains("'worse@1'"))
                .anyMatch(text -> text.contains("other versions only") && text.contains("good@1"))
                .anyMatch(text -> text.contains("'good@1' has no output 'doc'"));
    }

    @Test
    void leavesOutCirclesAndNamesTheirMembers() throws Exception {
        TestChannel channel = TestChannel.in(folder).packages("[" + simple("a", "1", "\"inputs\": [\"b\"]") + ","
                + simple("b", "1", "\"native-inputs\": [\"c@1\"]") + "," + simple("c", "1",
                        "\"propagated-inputs\": [\"a\"]")
                + "," + simple("d", "1", "\"inputs\": [\"a\"]") + "," + simple("e", "1", "") + ","
                + simple("self", "1", "\"inputs\": [\"self\"]") + "]");
        assertThat(channel.labels()).containsExactly("e@1");
        assertThat(channel.problems())
                .anyMatch(text -> text.contains("a@1 needs b@1 needs c@1 needs a@1"))
                .anyMatch(text -> text.contains("self@1 needs self@1"));
    }

    @Test
    void letsALaterVersionBeBuiltWithAnEarlierOne() throws Exception {
        TestChannel channel = TestChannel.in(folder)
                .packages("[" + simple("cc", "1", "") + "," + simple("cc", "2", "\"native-inputs\": [\"cc@1\"]") + "]");
        assertThat(channel.labels()).containsExactly("cc@1", "cc@2");
    }

    @Test
    void reportsAVersionThatIsDefinedTwice() throws Exception {
        TestChannel channel =
                TestChannel.in(folder).packages("[" + simple("a", "1", "") + ",\n" + simple("a", "1", "") + "]");
        assertThat(channel.labels()).containsExactly("a@1");
        assertThat(channel.problems()).containsExactly("packages/all.json:3:1: a.version: found 'a@1' a second time,"
                + " expected another version than in packages/all.json:1");
    }

    @Test
    void reportsFilesThatAreNotThereOrNotText() throws Exception {
        TestChannel channel = TestChannel.in(folder)
                .file("sources/a/x.txt", "x")
                .packages("""
                        [{"name": "a", "version": "1", "build-system": "files", "synopsis": "A",
                          "source": {"file": "sources/a"},
                          "arguments": {"files": {"out": {"x": {"from": "y.txt"}}}}},
                         {"name": "b", "version": "1", "build-system": "files", "synopsis": "B",
                          "source": {"file": "sources/a"},
                          "arguments": {"files": {"out": {"x": {"from": "z.bin", "substitute": true}}}}},
                         {"name": "c", "version": "1", "build-system": "files", "synopsis": "C",
                          "arguments": {"files": {"out": {"x": {"text": "#$output:doc"}}}}},
                         {"name": "d", "version": "1", "build-system": "files", "synopsis": "D",
                          "arguments": {"files": {"out": {"x": {"text": "#$source"}}}}}]""");
        Files.write(folder.resolve("sources/a/z.bin"), new byte[] {(byte) 0xff, 0});
        assertThat(channel.labels()).isEmpty();
        assertThat(channel.problems())
                .anyMatch(text -> text.contains("'sources/a/y.txt' does not exist"))
                .anyMatch(text -> text.contains("'z.bin' is not UTF-8 text"))
                .anyMatch(text -> text.contains("'#$output:doc' names no output; there are out"))
                .anyMatch(text -> text.contains("'#$source' is used, but there is no source"));
    }

    @Test
    void keepsOtherFilesUsableWhenOneIsWrong() throws Exception {
        TestChannel channel = TestChannel.in(folder)
                .file("packages/a.json", simple("a", "1", ""))
                .file("packages/b.json", "{oops")
                .file("packages/d.json", "");
        Files.write(folder.resolve("packages/c.json"), new byte[] {'"', (byte) 0xff, '"'});
        assertThat(channel.labels()).containsExactly("a@1");
        assertThat(channel.problems()).hasSize(3)
                .anyMatch(text -> text.startsWith("packages/b.json:1:"))
                .anyMatch(text -> text.equals("packages/c.json: found octets that are no UTF-8, expected text in "
                        + "UTF-8"))
                .anyMatch(text -> text.startsWith("packages/d.json:1:1: found nothing, expected JSON"));
    }

    @Test
    void doesNotReadDefinitionsOutsideTheChannel() throws Exception {
        TestChannel channel = TestChannel.in(folder.resolve("channel"));
        Files.writeString(folder.resolve("outside.json"), simple("a", "1", ""));
        Files.createDirectories(folder.resolve("channel/packages"));
        Files.createSymbolicLink(folder.resolve("channel/packages/a.json"), Path.of("../../outside.json"));
        assertThat(channel.labels()).isEmpty();
        assertThat(channel.problems()).singleElement().asString().contains("a link that leads out of the channel");
    }

    @Test
    void saysWhatIsWrongWithTheChannelItself() throws Exception {
        assertThatThrownBy(() -> JsonChannel.open(folder))
                .isInstanceOf(ChannelException.Malformed.class)
                .hasMessageContaining("channel.json: found no such file, expected a channel's file");
        TestChannel channel = TestChannel.in(folder).file("channel.json", "{\"format\": 2, \"name\": \"x\"}");
        assertThatThrownBy(channel::open)
                .hasMessageContaining("channel.json:1:12: format: found the number 2, expected 1,");
        channel.file("channel.json", "{\"format\": 1, \"name\": \"x\", \"namee\": 1}");
        assertThatThrownBy(channel::open).hasMessageContaining("found the unknown field 'namee', expected 'name'");
    }

    @Test
    void knowsItsNameAndDescription() throws Exception {
        JsonChannel channel = TestChannel.in(folder)
                .file("channel.json", """
                        {"format": 1, "name": "mine", "description": ["A.", "B."], "home-page": "https://example.org"}""")
                .open();
        assertThat(channel.name()).isEqualTo("mine");
        assertThat(channel.description()).isEqualTo("A.\n\nB.");
        assertThat(channel.homePage()).contains("https://example.org");
        assertThat(channel.revision()).isEmpty();
    }

    @Test
    void changesItsFingerprintWithItsFiles() throws Exception {
        TestChannel files = TestChannel.in(folder).packages(simple("a", "1", ""));
        JsonChannel channel = files.open();
        String before = channel.fingerprint();
        assertThat(channel.fingerprint()).isEqualTo(before);
        files.file("packages/b.json", simple("b", "1", ""));
        assertThat(channel.fingerprint()).isNotEqualTo(before);
        assertThat(channel.read(dev.cairn.event.EventSink.NONE).packages()).hasSize(2);
    }

    @Test
    void readsTheCommitOfACheckout() throws Exception {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        TestChannel files = TestChannel.in(folder).file(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(files.open().revision()).isEmpty();
        files.file(".git/packed-refs", "# pack-refs\n" + commit.replace('0', 'f') + " refs/heads/main\n");
        assertThat(files.open().revision()).contains(commit.replace('0', 'f'));
        files.file(".git/refs/heads/main", commit + "\n");
        assertThat(files.open().revision()).contains(commit);
        files.file(".git/HEAD", commit + "\n");
        assertThat(files.open().revision()).contains(commit);
        assertThat(files.open().status().description()).endsWith("commit 0123456789ab");
        files.file(".git/HEAD", "ref: refs/../../secret\n");
        assertThat(files.open().revision()).isEmpty();
    }

    @Test
    void findsNothingWrongInTheBundledChannel() throws Exception {
        TestChannel bundled = new TestChannel(
                SharedData.repository().resolve("ui-resources/src/main/resources/dev/cairn/ui/channel"));
        assertThat(bundled.problems()).isEmpty();
        assertThat(bundled.labels()).hasSizeGreaterThan(40);
    }
}
