// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.catalog.CatalogException;
import dev.cairn.channel.Channel;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Channels whose packages nobody knows yet, because they were never fetched. */
final class NeverFetched {
    private NeverFetched() {}

    /** Their names. */
    static List<String> channels(Workspace workspace) throws CairnException {
        List<String> names = new ArrayList<>();
        for (Channel channel : workspace.channels()) {
            if (channel.fetches() && channel.status().fetched().isEmpty()) {
                names.add(channel.name());
            }
        }
        return names;
    }

    /** A package is not known: perhaps because of this. */
    static CairnException explain(CatalogException.Unknown unknown, Workspace workspace) throws CairnException {
        List<String> names = channels(workspace);
        if (names.isEmpty()) {
            return unknown;
        }
        String pull = Texts.text("hint.never-fetched", String.join(", ", names));
        return new FailureException(
                unknown.getMessage(),
                Optional.of(unknown.hint().map(nearest -> nearest + " " + pull).orElse(pull)));
    }
}
