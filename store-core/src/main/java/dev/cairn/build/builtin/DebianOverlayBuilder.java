// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.build.debian.Overlay;
import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * {@code builtin:debian-overlay} makes the output {@code out} of the Debian packages of a profile: {@link Overlay}.
 * Variables: {@code packages}, package items separated by spaces; {@code format}, {@code 1}.
 */
public final class DebianOverlayBuilder implements Builtin {
    @Override
    public String name() {
        return "debian-overlay";
    }

    @Override
    public void build(Context context) throws CairnException, IOException {
        String words = BuiltinInputs.variable(context, "packages");
        Path output = context.outputs().get("out");
        if (!BuiltinInputs.variable(context, "format").equals("1") || output == null || context.outputs().size() != 1) {
            throw new BuiltinException("builtin:debian-overlay has 'format' 1 and exactly one output, 'out'");
        }
        SortedSet<StorePath> packages = new TreeSet<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            packages.add(context.layout().storeDirectory().parse(word));
        }
        Overlay.Isolation isolation = () -> Bubblewrap.find(System.getenv().getOrDefault("PATH", ""));
        new Overlay(context.layout(), context.temporary(), isolation, context.activity()::log).make(packages, output);
    }
}
