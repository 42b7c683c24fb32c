// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of channels as Guix has them, on the command line. */
class ChannelsFileTest {
    private static final String FIRST = "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334";
    private static final String SECOND = "3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    @TempDir
    private Path home;

    private DataServiceStub service;
    private CommandRuns cairn;

    @BeforeEach
    void pullTwice() throws Exception {
        service = DataServiceStub.start();
        service.commit(FIRST, "2025-06-12 08:00:00", List.of(GuixPackages.simple("hello", "2.10")));
        cairn = new CommandRuns(home, new Installation(Optional.empty()), home);
        cairn.must("channel", "add", "guix", service.address().toString(), "--type=guix");
        cairn.must("pull", "guix");
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("channels.scm"), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels", "channels-sans-intro", "json"})
    void pullTakesWhatDescribeWritesToTheVerySameRevision(String format) throws Exception {
        cairn.must("describe", "-f", format);
        String written = cairn.out();
        service.commit(SECOND, "2025-06-13 08:00:00", List.of(GuixPackages.simple("hello", "2.12")));
        cairn.must("pull");
        cairn.must("describe", "-f", format);
        assertThat(cairn.out()).contains(SECOND).isNotEqualTo(written);

        cairn.must("pull", "-C", file(written));
        assertThat(cairn.out()).contains("switched from revision 2 to 1", FIRST);
        cairn.must("describe", "-f", format);
        assertThat(cairn.out()).isEqualTo(written);
        cairn.must("search", "hello");
        assertThat(cairn.out()).contains("2.10").doesNotContain("2.12");

        CommandRuns elsewhere = new CommandRuns(home.resolve("elsewhere"), new Installation(Optional.empty()), home);
        elsewhere.must("channel", "add", "ours", service.address().toString(), "--type=guix");
        elsewhere.must("pull", "--channels=" + file(written), "ours");
        elsewhere.must("describe", "-f", format);
        assertThat(elsewhere.out()).isEqualTo(written);
    }

    @Test
    void pullSaysWhatOfTheFileCannotBeHad() throws Exception {
        cairn.must("pull", "-C", file("""
                (cons* (channel (name 'mine) (url "https://example.org/mine.git"))
                       (channel (inherit %%default-guix-channel) (branch #f) (commit "%s"))
                       '())
                """.formatted(FIRST)));
        assertThat(cairn.err()).contains("left out: channel mine (https://example.org/mine.git)");
        assertThat(cairn.out()).contains(FIRST);
    }

    @Test
    void pullFollowsTheFilesBranchOnce() throws Exception {
        service.commit(SECOND, "2025-06-13 08:00:00", List.of(GuixPackages.simple("hello", "2.12")));
        cairn.must("pull", "-C", file("%default-channels"));
        assertThat(cairn.out()).contains(SECOND);
        assertThat(cairn.run("pull", "-C", file("(list (channel (inherit %default-guix-channel) (branch \"x\")))")))
                .isNotZero();
        assertThat(cairn.err()).contains("branch 'x'", "master");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(list) | no channel is called 'guix'",
                "(list %default-guix-channel %default-guix-channel) | two channels are called 'guix'",
                "(list (channel (inherit %default-guix-channel) (commit \"v1.4.0\"))) | git rev-parse v1.4.0",
                "(list (channel (inherit %default-guix-channel) (branch #f))) | neither a branch nor a commit",
                "(list (channel (name 'guix) (url \"https://example.org/fork.git\"))) | is not known to be that one",
                "(map f %default-channels) | without running it",
                "[1] | list of channels"
            })
    void pullRefusesWhatItWouldHaveToGuess(String code, String reason) throws Exception {
        assertThat(cairn.run("pull", "-C", file(code))).isNotZero();
        assertThat(cairn.err()).contains(reason);
        cairn.must("describe");
        assertThat(cairn.out()).contains(FIRST);
    }

    @Test
    void saysWhichFileIsNoListAndWhatToDo() throws Exception {
        for (String code : List.of("(list", "\"text\"", "(list (channel (name 'other) (url \"https://example.org\")))")) {
            assertThat(cairn.run("pull", "-C", file(code))).isNotZero();
            assertThat(cairn.err())
                    .contains("the list of channels '" + home.resolve("channels.scm") + "' cannot be used: ", "hint: ")
                    .contains("guix describe -f channels");
        }
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        assertThat(cairn.run("pull", "-C", home.resolve("none").toString())).isNotZero();
        assertThat(cairn.err()).contains("the list of channels '" + home.resolve("none") + "' cannot be read");
        assertThat(cairn.run("pull", "-C", "x", "--roll-back")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aChannelIsAddedFromAFile() throws Exception {
        String file = file("""
                (list (channel (name 'guix) (url "https://example.org/fork.git") (branch "master") (commit "%s")
                        (introduction (make-channel-introduction "%s"
                          (openpgp-fingerprint "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567")))))
                """.formatted(FIRST, SECOND));
        cairn.must("channel", "add", "fork", service.address().toString(), "--type=guix", "--channels=" + file);
        cairn.must("channel", "disable", "guix");
        cairn.must("pull");
        cairn.must("describe", "-f", "json");
        assertThat(cairn.out()).isEqualTo("[{\"name\":\"guix\",\"url\":\"https://example.org/fork.git\","
                + "\"branch\":\"master\",\"commit\":\"" + FIRST + "\",\"introduction\":{\"commit\":\"" + SECOND
                + "\",\"signer\":\"0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567\"}}]\n");
        assertThat(cairn.run("channel", "add", "x", "--type=guix", "-C", file, "--branch=b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cairn.run("channel", "add", "x", "/folder", "-C", file)).isEqualTo(ExitCode.USAGE);
    }
}
