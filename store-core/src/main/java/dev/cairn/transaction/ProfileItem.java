// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestPrinter;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes the store item that a manifest describes, by the builder {@code builtin:profile} (formats, section 10.10). */
final class ProfileItem {
    private ProfileItem() {}

    /**
     * Builds the item, or finds it in the store.
     *
     * @param manifest of valid items
     */
    static StorePath realise(
            Daemon daemon, Manifest manifest, String system, BuildOptions options, EventSink events)
            throws CairnException {
        byte[] text = ManifestPrinter.print(manifest).getBytes(StandardCharsets.UTF_8);
        StorePath source = daemon.addText("manifest", text, manifest.items());
        DerivationHasher<IllegalStateException> hasher = new DerivationHasher<>(daemon.storeDirectory(), input -> {
            throw new IllegalStateException("a profile has no input derivations: " + input);
        });
        NamedDerivation derivation = new DerivationBuilder("profile", system, "builtin:profile")
                .source(source)
                .variable("manifest", source.toString())
                .variable("preferLocalBuild", "1")
                .variable("allowSubstitutes", "0")
                .build(hasher);
        StorePath item = daemon.addText(
                derivation.name() + NamedDerivation.SUFFIX, derivation.text(), derivation.derivation().references());
        daemon.build(List.of(BuildTarget.all(item)), options, events);
        return derivation.output("out");
    }
}
