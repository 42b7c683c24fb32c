// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which generations go.
 *
 * @param numbers those that were asked for; the current one is among them only if it was named by its number, which
 *     the transaction refuses
 */
record GenerationDeletion(List<Integer> numbers) {
    /** @param pattern without one, all but the current generation go */
    static GenerationDeletion of(Workspace workspace, Optional<String> pattern) throws CairnException {
        List<Generation> all = workspace.profile().generations();
        List<Generation> chosen;
        boolean named = false;
        if (pattern.isEmpty()) {
            chosen = all;
        } else {
            GenerationPattern parsed = GenerationPattern.parse(pattern.get());
            named = parsed instanceof GenerationPattern.Numbers;
            if (parsed.equals(new GenerationPattern.Numbers(List.of(0)))) {
                return new GenerationDeletion(List.of());
            }
            chosen = parsed.forDeletion(all, Instant.now(), ZoneId.systemDefault());
            if (chosen.isEmpty()) {
                throw new FailureException(
                        Texts.text("error.no-matching-generation", pattern.get()),
                        Optional.of(Texts.text("hint.generations")));
            }
        }
        List<Integer> numbers = new ArrayList<>();
        for (Generation generation : chosen) {
            if (named || !generation.current()) {
                numbers.add(generation.number());
            }
        }
        return new GenerationDeletion(List.copyOf(numbers));
    }

    void perform(Session session, Workspace workspace, boolean dryRun) throws CairnException, IOException {
        if (!dryRun && !numbers.isEmpty()) {
            workspace.transactions().deleteGenerations(workspace.profile(), numbers);
        }
        for (int number : numbers) {
            session.note(Texts.text(
                    dryRun ? "would-delete-generation" : "deleted-generation",
                    workspace.profile().link() + "-" + number + "-link"));
        }
    }
}
