// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.hash.Hash;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.SubstituteServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * What comparing one item has shown, in the words of {@code guix challenge}.
 *
 * @param local the hash of the store's own, if it has the item
 * @param servers what each server says
 * @param differing names of files, if they were compared
 */
record Challenge(
        StorePath item,
        Optional<Hash> local,
        SequencedMap<SubstituteServer, Narinfo> servers,
        Optional<List<String>> differing) {
    /** What to think of it. */
    enum Verdict {
        MATCH,
        MISMATCH,
        /** There are not two to compare. */
        INCONCLUSIVE
    }

    Verdict verdict() {
        List<Hash> hashes = Stream.concat(
                        local.stream(),
                        servers.values().stream().map(narinfo -> narinfo.claim().narHash()))
                .toList();
        if (hashes.size() < 2) {
            return Verdict.INCONCLUSIVE;
        }
        return hashes.stream().distinct().count() == 1 ? Verdict.MATCH : Verdict.MISMATCH;
    }

    /** A server that has something else than the store. */
    Optional<Map.Entry<SubstituteServer, Narinfo>> opponent() {
        return servers.sequencedEntrySet().stream()
                .filter(server -> local.isPresent()
                        && !server.getValue().claim().narHash().equals(local.get()))
                .findFirst();
    }

    Challenge with(List<String> files) {
        return new Challenge(item, local, servers, Optional.of(files));
    }

    void print(Output out) throws IOException {
        switch (verdict()) {
            case MATCH -> out.line(Texts.text("challenge.match", item));
            case MISMATCH -> out.line(Texts.text("challenge.differ", item));
            case INCONCLUSIVE -> {
                out.line(Texts.text(local.isEmpty() ? "challenge.no-local" : "challenge.no-substitutes", item));
                return;
            }
        }
        if (local.isPresent()) {
            out.line("  local hash: " + local.get().base32());
        }
        for (Map.Entry<SubstituteServer, Narinfo> server : servers.entrySet()) {
            String address = server.getValue().nars().isEmpty()
                    ? server.getKey().url()
                    : server.getValue().nars().getFirst().address(server.getKey().url());
            out.line("  " + Printable.line(address) + ": " + server.getValue().claim().narHash().base32());
        }
        if (differing.isPresent() && !differing.get().isEmpty()) {
            out.line("  differing file" + (differing.get().size() == 1 ? ":" : "s:"));
            for (String file : differing.get()) {
                out.line("    " + Printable.line(file));
            }
        }
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("item", item.toString());
        json.writeStringProperty(
                "result",
                switch (verdict()) {
                    case MATCH -> "match";
                    case MISMATCH -> "mismatch";
                    case INCONCLUSIVE -> "inconclusive";
                });
        Json.optional(json, "local", local.map(Challenge::text));
        json.writeObjectPropertyStart("servers");
        servers.forEach((server, narinfo) -> json.writeStringProperty(server.url(), text(narinfo.claim().narHash())));
        json.writeEndObject();
        Json.strings(json, "differing", differing.orElse(List.of()));
        json.writeEndObject();
    }

    private static String text(Hash hash) {
        return hash.algorithm().id() + ":" + hash.base32();
    }
}
