// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelsReaderTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String SIGNER = "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567";
    private static final ChannelDefinition PLAIN = new ChannelDefinition(
            "mine", "https://example.org/mine", Optional.of("master"), Optional.empty(), Optional.empty());
    private static final ChannelDefinition FULL = new ChannelDefinition(
            "full", "https://example.org/full.git", Optional.of("main"), Optional.of(COMMIT),
            Optional.of(new Introduction(COMMIT, new Fingerprint(SIGNER.replace(" ", "")))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(list (channel (name 'mine) (url \"https://example.org/mine\")) %default-guix-channel)",
                "(use-modules (guix channels)) ; x\n"
                        + "(cons (channel (name 'mine) (url \"https://example.org/mine\")) %default-channels)",
                "(append (list (channel (url \"https://example.org/mine\") (name 'mine) (branch \"master\"))) '()"
                        + " %default-channels)",
                "(cons* (channel (name 'mine) (url \"https://example.org/mine\") (commit #f) (introduction #f))"
                        + " (channel (inherit %default-guix-channel)) '())",
                "(list (channel (name 'mine) (url \"https://example.org/mine\"))"
                        + " (channel (name 'guix) (url \"https://git.guix.gnu.org/guix.git\")))"
            })
    void readsPlainLists(String code) throws CairnException {
        assertThat(ChannelsReader.read(code)).containsExactly(PLAIN, ChannelDefinition.GUIX);
    }

    @Test
    void guixFromElsewhereHasToSayWhoSignsIt() throws CairnException {
        assertThat(ChannelsReader.read("(list (channel (name 'guix) (url \"https://example.org/guix.git\")))")
                        .getFirst().introduction())
                .isEmpty();
        assertThat(ChannelsReader.read(
                                "(list (channel (inherit %default-guix-channel) (branch #f) (commit \"v1.4.0\")))")
                        .getFirst())
                .isEqualTo(new ChannelDefinition(
                        "guix", ChannelDefinition.GUIX.url(), Optional.empty(), Optional.of("v1.4.0"),
                        ChannelDefinition.GUIX.introduction()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(list (channel-with-substitutes-available %default-guix-channel \"https://ci.guix.gnu.org\"))",
                "(map f %default-channels)", "%my-channels", "(list (channel (name name) (url \"x\")))",
                "(list (channel (name 'a) (url (getenv \"X\"))))", "(list (channel (name 'a) (name 'b) (url \"x\")))",
                "(list (channel (name 'a) (url \"x\") (introduction (get))))", "(define x 1) (list)", "(list) (list)",
                "(list (channel (name 'a) (url \"x\") (colour \"red\")))", "'(a)", "(cons %default-channels)"
            })
    void refusesWhatWouldHaveToBeRun(String code) {
        assertThatThrownBy(() -> ChannelsReader.read(code))
                .isInstanceOf(DynamicCodeException.class)
                .hasMessageContaining("(line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "(list", "(list (channel (name 'a)))", "(list (channel (name 'a) (url \"\")))",
                "(list (channel (name 'a) (url \"--upload-pack=x\")))", "(list (channel (name 'a) (url \"a b\")))",
                "(list (channel (name 'a) (url \"x\") (introduction (make-channel-introduction \"abc\""
                        + " (openpgp-fingerprint \"00\")))))",
            })
    void refusesWhatIsNoList(String code) {
        assertThatThrownBy(() -> ChannelsReader.read(code)).isInstanceOf(FormatException.class);
    }

    @Test
    void writesWhatItReads() throws CairnException {
        List<ChannelDefinition> both = List.of(FULL, PLAIN);
        assertThat(ChannelsFormat.CHANNELS.print(both)).isEqualTo("""
                (list (channel
                        (name 'full)
                        (url "https://example.org/full.git")
                        (branch "main")
                        (commit
                          "0123456789abcdef0123456789abcdef01234567")
                        (introduction
                          (make-channel-introduction
                            "0123456789abcdef0123456789abcdef01234567"
                            (openpgp-fingerprint
                              "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567"))))
                      (channel
                        (name 'mine)
                        (url "https://example.org/mine")
                        (branch "master")))
                """);
        assertThat(ChannelsReader.read(ChannelsFormat.CHANNELS.print(both))).isEqualTo(both);
        assertThat(ChannelsReader.read(ChannelsFormat.CHANNELS_SANS_INTRO.print(both)).getFirst().introduction())
                .isEmpty();
        assertThat(ChannelsJson.read(ChannelsFormat.JSON.print(List.of(FULL)))).containsExactly(FULL);
        assertThat(ChannelsFormat.RECUTILS.print(both)).isEqualTo("""
                name: full
                url: https://example.org/full.git
                branch: main
                commit: %s
                introductioncommit: %s
                introductionsigner: %s

                name: mine
                url: https://example.org/mine
                branch: master

                """.formatted(COMMIT, COMMIT, SIGNER));
        assertThat(ChannelsFormat.HUMAN.print(both)).isEqualTo("""
                  full 0123456
                    repository URL: https://example.org/full.git
                    branch: main
                    commit: %s
                  mine
                    repository URL: https://example.org/mine
                    branch: master
                """.formatted(COMMIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "[{\"name\":\"a\",\"url\":\"b\"}]",
                "[{\"name\":\"a\",\"url\":\"b\",\"commit\":\"1\"}]",
                "[{\"url\":\"b\",\"commit\":\"" + COMMIT + "\"}]"
            })
    void refusesJsonThatPinsNothing(String text) {
        assertThatThrownBy(() -> ChannelsJson.read(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void readsWhatAChannelSaysOfItself() throws CairnException {
        assertThat(ChannelMetadata.read("(channel (version 0))")).isEqualTo(ChannelMetadata.NONE);
        ChannelMetadata read = ChannelMetadata.read("""
                ;; x
                (channel (version 0) (directory "src/modules") (unknown x) (news-file "news.scm") (url "https://a")
                  (keyring-reference "keys")
                  (dependencies (channel (name one) (url "https://b")) (channel (name two)) (channel (url "c"))))
                """);
        assertThat(read).isEqualTo(new ChannelMetadata(
                "/src/modules", Optional.of("news.scm"), "keys", Optional.of("https://a"),
                List.of(new ChannelDefinition(
                        "one", "https://b", Optional.of("master"), Optional.empty(), Optional.empty()))));
        assertThat(read.folder()).isEqualTo("src/modules");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(channel)", "(channel (version 1))", "(chanel (version 0))",
            "(channel (version 0) (directory \"../..\"))", "(channel (version 0)) x"})
    void refusesOtherFilesOfChannels(String text) {
        assertThatThrownBy(() -> ChannelMetadata.read(text)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(authorizations (version 1) ())", "(authorizations (version 0) ((alice)))",
            "(authorizations (version 0) ((\"00\")))", "(authorizations (version 0))"})
    void refusesOtherListsOfSigners(String text) {
        assertThatThrownBy(() -> Authorizations.read(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void agreesWithTheVectors() throws CairnException, IOException {
        Path folder = SharedData.require("spec/vectors/services");
        String code = Files.readString(folder.resolve("channels.scm"));
        List<ChannelDefinition> channels = ChannelsReader.read(code);
        assertThat(ChannelsFormat.CHANNELS.print(channels)).isEqualTo(code);
        assertThat(ChannelsFormat.JSON.print(channels)).isEqualTo(Files.readString(folder.resolve("channels.json")));
        assertThat(ChannelsFormat.RECUTILS.print(channels))
                .isEqualTo(Files.readString(folder.resolve("channels.recutils.txt")));
        assertThat(ChannelsJson.read(Files.readString(folder.resolve("channels.json")))).isEqualTo(channels);

        assertThat(ChannelsReader.read(Files.readString(folder.resolve("channels-user.scm"))))
                .isEqualTo(channels(json(folder, "channels-user.expected.json")));

        ChannelMetadata metadata = ChannelMetadata.read(Files.readString(folder.resolve("guix-channel.scm")));
        JsonNode expected = json(folder, "guix-channel.expected.json");
        assertThat(metadata).isEqualTo(new ChannelMetadata(
                expected.get("directory").asString(),
                Optional.of(expected.get("news_file").asString()),
                expected.get("keyring_reference").asString(),
                Optional.of(expected.get("url").asString()),
                channels(expected.get("dependencies"))));

        Authorizations keys = Authorizations.read(Files.readString(folder.resolve("guix-authorizations.scm")));
        assertThat(keys.keys().stream().map(key -> key.hex().toLowerCase(Locale.ROOT)))
                .isEqualTo(json(folder, "guix-authorizations.expected.json").values().stream()
                        .map(JsonNode::asString)
                        .toList());
    }

    private static JsonNode json(Path folder, String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve(name)));
    }

    private static List<ChannelDefinition> channels(JsonNode list) {
        return list.values().stream()
                .map(node -> new ChannelDefinition(
                        node.get("name").asString(),
                        node.get("url").asString(),
                        text(node, "branch"),
                        text(node, "commit"),
                        Optional.of(node.get("introduction")).filter(JsonNode::isObject).map(stated -> new Introduction(
                                stated.get("commit").asString(),
                                new Fingerprint(stated.get("signer").asString().replace(" ", ""))))))
                .toList();
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.get(member)).filter(value -> !value.isNull()).map(JsonNode::asString);
    }
}
