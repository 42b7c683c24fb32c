// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.app.FetchedModules;
import dev.cairn.channel.guix.definition.ChannelNews;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Tells what those who look after channels have told. */
final class NewsPrinter {
    private NewsPrinter() {}

    /** All that is new in the current revision of a channel. */
    static void print(Session session, String channel, Channels list, boolean json) throws CairnException, IOException {
        Optional<List<ChannelNews.Entry>> found = list.news(channel);
        if (found.isEmpty()) {
            throw new FailureException(
                    Texts.text("error.news-unknown", channel), Optional.of(Texts.text("hint.news-unknown", channel)));
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                found.get().forEach(entry -> json(generator, entry));
                generator.writeEndArray();
            });
            return;
        }
        session.out().line(Texts.text(found.get().isEmpty() ? "news.none" : "news.heading", channel));
        for (ChannelNews.Entry entry : found.get()) {
            print(session.out(), entry);
        }
    }

    private static void print(Output out, ChannelNews.Entry entry) throws IOException {
        String language = Locale.getDefault().getLanguage();
        out.line("  " + Printable.line(entry.title(language)));
        out.line("    " + (entry.commit().isPresent()
                ? Texts.text("news.commit", entry.commit().get())
                : Texts.text("news.tag", Printable.line(entry.tag().orElse("")))));
        out.line("");
        for (String line : entry.body(language).split("\n", -1)) {
            out.line(line.isBlank() ? "" : "    " + Printable.line(line));
        }
        out.line("");
    }

    private static void json(JsonGenerator json, ChannelNews.Entry entry) {
        json.writeStartObject();
        Json.optional(json, "commit", entry.commit());
        Json.optional(json, "tag", entry.tag());
        texts(json, "title", entry.title());
        texts(json, "body", entry.body());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) {
        json.writeObjectPropertyStart(name);
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    /** Says how much is new in channels whose modules were fetched just now. */
    static void count(Session session, List<FetchedModules> fetched, Channels list) throws CairnException {
        for (FetchedModules one : fetched) {
            int count = list.news(one.channel()).map(List::size).orElse(0);
            if (count > 0) {
                session.note(Texts.text("pull.news", count, one.channel()));
            }
        }
    }
}
