// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.testing.SharedData;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNewsTest {
    @Test
    void readsTheVector() throws Exception {
        ChannelNews news =
                ChannelNews.read(Files.readString(SharedData.require("spec/vectors/services/channel-news.scm")));
        assertThat(news.entries()).hasSize(2);
        ChannelNews.Entry first = news.entries().getFirst();
        assertThat(first.commit()).contains("3f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c");
        assertThat(first.title("fr")).isEqualTo("Nouvelle option");
        assertThat(first.title("de")).isEqualTo("New option");
        assertThat(first.body("fr")).isEqualTo("See 'guix shell'.");
        assertThat(news.entries().getLast().tag()).contains("v1.4.0");
    }

    @Test
    void hasNothingToTellOfVersionsThatAreNotKnown() throws Exception {
        assertThat(ChannelNews.read("(channel-news (version 1) (entry (tag \"x\") (title (en \"T\"))))").entries())
                .isEmpty();
    }

    @Test
    void passesOverEntriesThatAreAboutNothing() throws Exception {
        ChannelNews news = ChannelNews.read("""
                (channel-news (version 0) 7 (other)
                  (entry (title (en "No commit")))
                  (entry (commit "abc") (title (en "Short")))
                  (entry (tag "v1"))
                  (entry (tag "v1") (title (nl "Alleen") (x) ("y" "z"))))
                """);
        assertThat(news.entries()).hasSize(1);
        assertThat(news.entries().getFirst().title("en")).isEqualTo("Alleen");
        assertThat(news.entries().getFirst().body("en")).isEmpty();
        assertThat(news.entries().getFirst().commit()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(channel (version 0))", "(channel-news (version 0)", "(channel-news (version 0)) x"})
    void refusesWhatIsNoNews(String text) {
        assertThatThrownBy(() -> ChannelNews.read(text)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '|',
            textBlock = """
                    plain } text ~ plain } text
                    @command{guix @var{x}} runs ~ 'guix x' runs
                    @uref{https://a.example/, the page}, @url{https://b.example/} ~ the page (https://a.example/), https://b.example/
                    @xref{Invoking guix shell,,, guix, Manual} for more@dots{} ~ See 'Invoking guix shell' for more...
                    a@@b @{c@} ~ a@b {c}
                    @unknown text @strong{b ~ @unknown text b
                    ends@ ~ ends@
                    """)
    void makesTexinfoPlain(String source, String plain) {
        assertThat(Texinfo.text(source)).isEqualTo(plain);
    }

    @Test
    void keepsParagraphsAndItems() {
        assertThat(Texinfo.text("One.\n\n@itemize\n@item a\n@item b\n@end itemize\n\n@example\nrun\n@end example\n"))
                .isEqualTo("One.\n\n- a\n- b\n\nrun");
    }
}
