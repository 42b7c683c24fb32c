// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.FormatException;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A source as a store item: added from the channel, or the output of a derivation that downloads it.
 *
 * @param path of the item
 * @param addition for a source from the channel
 * @param download for one from elsewhere
 */
record SourceItem(StorePath path, Optional<Addition> addition, Optional<NamedDerivation> download) {
    static SourceItem local(
            PackageDefinition owner, Source.Local source, SourceFolder folder, StoreDirectory store)
            throws PackageException, FormatException {
        Path tree = folder.locate(owner, source);
        try {
            Hash hash = NarFiles.summarise(tree).hash();
            StorePath path = StorePaths.fixedOutput(store, source.itemName(), hash, true);
            return new SourceItem(path, Optional.of(new Addition.Tree(path, tree)), Optional.empty());
        } catch (IOException e) {
            throw new PackageException.BadSource(
                    owner, "'" + source.path() + "' cannot be read: " + e.getMessage(), Optional.of(e));
        }
    }

    static SourceItem download(Source.Download source, String system, DerivationHasher<PackageException> hasher)
            throws PackageException, FormatException {
        List<Datum> uris = source.uris().stream().<Datum>map(Datum.Text::new).toList();
        Datum url = uris.size() == 1 ? uris.getFirst() : new Datum.Listing(uris, Optional.empty());
        NamedDerivation derivation = new DerivationBuilder(source.fileName(), system, "builtin:download")
                .fixedOutput(source.sha256(), false)
                .variable("url", SchemePrinter.print(url))
                .build(hasher);
        return new SourceItem(derivation.output("out"), Optional.empty(), Optional.of(derivation));
    }
}
