// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.channel.Selection;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An argument that stands for a derivation: a package specification, or a {@code .drv} item.
 *
 * @param derivation in the store
 * @param outputs all of them
 * @param output the one that was named, if any was
 */
record DerivationArgument(StorePath derivation, SortedMap<String, StorePath> outputs, Optional<String> output) {
    static DerivationArgument of(Workspace workspace, String name) throws CairnException {
        if (!StoreItems.isFileName(name)) {
            Specification specification = Specifications.parse(name);
            return switch (workspace.origin(specification)) {
                case Selection.Origin.Built(StorePath derivation, String output, _) -> {
                    // Those of packages that are ready-made elsewhere as a rule come from servers themselves.
                    workspace.daemon().ensure(List.of(derivation), BuildOptions.DEFAULT, EventSink.NONE);
                    yield new DerivationArgument(
                            derivation,
                            workspace.daemon().derivationOutputs(derivation),
                            specification.output().map(_ -> output));
                }
                case Selection.Origin.Fetched _ -> throw new FailureException(
                        Texts.text("error.fetched", name), Optional.of(Texts.text("hint.fetched", name)));
            };
        }
        StorePath item = StoreItems.named(workspace, name);
        if (!item.isDerivation()) {
            throw new FailureException(
                    Texts.text("error.not-a-derivation", name), Optional.of(Texts.text("hint.not-a-derivation")));
        }
        if (!workspace.daemon().isValid(item)) {
            throw new DaemonException.NotValid(item);
        }
        return new DerivationArgument(item, workspace.daemon().derivationOutputs(item), Optional.empty());
    }

    /** The output that was named, or all. */
    SortedMap<String, StorePath> wantedOutputs() {
        SortedMap<String, StorePath> wanted = new TreeMap<>(outputs);
        output.ifPresent(name -> wanted.keySet().retainAll(Set.of(name)));
        return wanted;
    }
}
