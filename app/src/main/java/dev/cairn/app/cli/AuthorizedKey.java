// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.substitute.LastSigners;
import dev.cairn.substitute.Trust;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.KeyNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A key whose signatures are believed.
 *
 * @param fingerprint 64 hexadecimal digits
 * @param kind {@code guix} or {@code nix}
 * @param name what somebody called it, or it calls itself; may be empty
 * @param own whether it is the store's own
 * @param servers those of the store's servers whose latest answers it signed
 * @param text as files of keys have it
 */
record AuthorizedKey(String fingerprint, String kind, String name, boolean own, List<String> servers, String text) {
    /** All of a store, in the order of its files. */
    static List<AuthorizedKey> of(Workspace workspace) throws CairnException, IOException {
        StoreLayout layout = workspace.layout();
        TrustedKeys trusted = Trust.of(layout).keys();
        Optional<String> own = new KeyFiles(layout.configuration()).publicKey().map(PublicKey::fingerprint);
        Map<String, String> names = KeyNames.of(layout).read();
        List<String> urls = workspace.daemonAddress().isPresent()
                ? List.of()
                : SubstituteUrls.read(new SubstituteUrls(layout).file());
        Map<String, List<String>> signs = new LastSigners(layout).of(urls, trusted);
        List<AuthorizedKey> keys = new ArrayList<>();
        for (PublicKey key : trusted.guix().keys()) {
            String fingerprint = key.fingerprint();
            keys.add(new AuthorizedKey(
                    fingerprint,
                    "guix",
                    names.getOrDefault(fingerprint, ""),
                    own.equals(Optional.of(fingerprint)),
                    signs.getOrDefault(fingerprint, List.of()),
                    key.toString()));
        }
        for (NixPublicKey key : trusted.nix()) {
            String fingerprint = key.fingerprint();
            keys.add(new AuthorizedKey(
                    fingerprint,
                    "nix",
                    names.getOrDefault(fingerprint, key.name()),
                    false,
                    signs.getOrDefault(fingerprint, List.of()),
                    key.toString()));
        }
        return keys;
    }

    /** Prints one a line. */
    static void print(Output out, List<AuthorizedKey> keys) throws IOException {
        Table table = new Table();
        for (AuthorizedKey key : keys) {
            String own = key.own ? Texts.text("archive-own-key") : "";
            String name = key.name.isEmpty() || own.isEmpty() ? key.name + own : key.name + " (" + own + ")";
            table.add(key.fingerprint, key.kind, name, String.join(" ", key.servers));
        }
        table.print(out);
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("fingerprint", fingerprint);
        json.writeStringProperty("kind", kind);
        json.writeStringProperty("name", name);
        json.writeBooleanProperty("own", own);
        Json.strings(json, "servers", servers);
        json.writeStringProperty("key", text);
        json.writeEndObject();
    }
}
