// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.channel;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChannelContents;
import dev.cairn.channel.json.JsonChannel;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionOrder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The bundled channel as tests see it: its folder, and its packages as the catalog would hold them. */
record BundledChannel(Path folder, ChannelContents contents) {
    static BundledChannel open() {
        try {
            Path folder = Path.of(Objects.requireNonNull(
                            BundledChannel.class.getResource("/dev/cairn/ui/channel/channel.json"))
                    .toURI()).getParent();
            return new BundledChannel(folder, JsonChannel.open(folder).read(EventSink.NONE));
        } catch (URISyntaxException | CairnException e) {
            throw new AssertionError(e);
        }
    }

    List<CatalogPackage> packages() {
        return contents.packages();
    }

    /** The package that a specification of an input means: the newest one that fits. */
    CatalogPackage find(Specification wanted) {
        return packages().stream()
                .filter(p -> p.name().equals(wanted.name()))
                .filter(p -> wanted.version().isEmpty() || wanted.version().get().equals(p.version()))
                .max((a, b) -> VersionOrder.INSTANCE.compare(a.version(), b.version()))
                .orElseThrow(() -> new AssertionError("no package " + wanted));
    }

    /** What is there when the package runs: inputs, referred-to packages and propagated ones. */
    List<CatalogPackage> runtimeInputs(CatalogPackage of) {
        return Stream.concat(of.inputs().stream(), of.propagatedInputs().stream())
                .map(this::find)
                .distinct()
                .toList();
    }

    /** All regular files below a folder of the channel, sorted. */
    List<Path> files(String below) {
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
