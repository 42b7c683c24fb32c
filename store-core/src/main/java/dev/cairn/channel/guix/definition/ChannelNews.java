// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.channel.guix.definition.ChannelMetadata.Properties;
import dev.cairn.error.FormatException;
import dev.cairn.git.Commits;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What those who look after a channel tell its users (services, section 4.4), the newest first.
 *
 * @param entries in the file's order
 */
public record ChannelNews(List<Entry> entries) {
    private static final String FORMAT = "channel news";
    private static final int MAX_ENTRIES = 20_000;

    public ChannelNews {
        entries = List.copyOf(entries);
    }

    /**
     * One piece of news.
     *
     * @param commit that it is about, 40 hexadecimal digits; empty where a tag names it
     * @param tag the name of a tag on that commit
     * @param title Texinfo, by language, such as {@code en}
     * @param body Texinfo, by language
     */
    public record Entry(
            Optional<String> commit,
            Optional<String> tag,
            SortedMap<String, String> title,
            SortedMap<String, String> body) {
        private static final String USUAL = "en";

        public Entry {
            title = Collections.unmodifiableSortedMap(new TreeMap<>(title));
            body = Collections.unmodifiableSortedMap(new TreeMap<>(body));
        }

        /** The title as plain text, in a language or else in English. */
        public String title(String language) {
            return Texinfo.text(in(title, language)).replaceAll("\\s+", " ");
        }

        /** The body as plain text in paragraphs, in a language or else in English. */
        public String body(String language) {
            return Texinfo.text(in(body, language));
        }

        private static String in(SortedMap<String, String> texts, String language) {
            String found = texts.getOrDefault(language, texts.get(USUAL));
            return found != null ? found : texts.isEmpty() ? "" : texts.get(texts.firstKey());
        }
    }

    /**
     * Reads a file of news. One of a version that is not known has none, as Guix does it.
     *
     * @throws FormatException when it is no such file
     */
    public static ChannelNews read(String text) throws FormatException {
        List<Form> forms = FormReader.readAll(text);
        Optional<Properties> read =
                forms.size() == 1 ? Properties.of("channel-news", forms.getFirst()) : Optional.empty();
        Properties news = read.orElseThrow(() -> new FormatException(FORMAT, "it is not (channel-news ...)"));
        boolean known = news.all("version").stream()
                .findFirst()
                .filter(form -> form instanceof Form.Constant(String number, _) && number.equals("0"))
                .isPresent();
        List<Entry> entries = new ArrayList<>();
        for (Form.Listing each : known ? news.lists() : List.<Form.Listing>of()) {
            Properties.of("entry", each).flatMap(ChannelNews::entry).ifPresent(entries::add);
            if (entries.size() > MAX_ENTRIES) {
                throw new FormatException(FORMAT, "more than " + MAX_ENTRIES + " entries");
            }
        }
        return new ChannelNews(entries);
    }

    /** Those that are about no commit are passed over: nobody could tell whom they concern. */
    private static Optional<Entry> entry(Properties stated) {
        Optional<String> commit = stated.text("commit").filter(Commits::isFull);
        Optional<String> tag = commit.isPresent() ? Optional.empty() : stated.text("tag");
        SortedMap<String, String> title = texts(stated.all("title"));
        return commit.isEmpty() && tag.isEmpty() || title.isEmpty()
                ? Optional.empty()
                : Optional.of(new Entry(commit, tag, title, texts(stated.all("body"))));
    }

    private static SortedMap<String, String> texts(List<Form> forms) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Form each : forms) {
            if (each instanceof Form.Listing list
                    && list.elements().size() == 2
                    && list.elements().getFirst() instanceof Form.Symbol(String language, _)
                    && list.elements().getLast() instanceof Form.Text(String text, _)) {
                texts.putIfAbsent(language, text);
            }
        }
        return texts;
    }
}
