// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationPattern;
import dev.cairn.profile.LockedProfile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which generations go.
 *
 * @param numbers those that were asked for; the current one and those that are pinned are among them only if they were
 *     named by their numbers, which the transaction refuses
 */
record GenerationDeletion(List<Integer> numbers) {
    /** @param pattern without one, all go but the current generation and those that are pinned */
    static GenerationDeletion of(Workspace workspace, Optional<String> pattern) throws CairnException {
        List<Generation> all = workspace.profile().generations();
        if (pattern.isEmpty()) {
            return new GenerationDeletion(all.stream()
                    .filter(Generation::isExpendable)
                    .map(Generation::number)
                    .toList());
        }
        GenerationPattern parsed = GenerationPattern.parse(pattern.get());
        List<Integer> numbers =
                new ArrayList<>(parsed.selectForDeletion(all, Instant.now(), ZoneId.systemDefault()));
        if (parsed instanceof GenerationPattern.Numbers(List<Integer> named)) {
            // A range or an age passes over what is to stay; its own number is a mistake worth an error.
            all.stream()
                    .filter(generation -> !generation.isExpendable() && named.contains(generation.number()))
                    .forEach(generation -> numbers.add(generation.number()));
            if (named.equals(List.of(0))) {
                return new GenerationDeletion(List.of());
            }
        }
        if (numbers.isEmpty()) {
            throw new FailureException(
                    Texts.text("error.no-matching-generation", pattern.get()),
                    Optional.of(Texts.text("hint.generations")));
        }
        return new GenerationDeletion(List.copyOf(numbers));
    }

    void perform(Session session, Workspace workspace, boolean dryRun) throws CairnException, IOException {
        if (!dryRun && !numbers.isEmpty()) {
            try (LockedProfile locked = workspace.profile().lockExisting()) {
                locked.delete(numbers);
            }
        }
        for (int number : numbers) {
            session.note(Texts.text(
                    dryRun ? "would-delete-generation" : "deleted-generation",
                    workspace.profile().generationLink(number)));
        }
    }
}
