// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.transaction.Change;
import java.util.List;

/**
 * What the timeline tells about one generation.
 *
 * @param row the generation
 * @param current the number of the current generation
 * @param made when it was made, in full
 * @param changes what switching to it would change
 */
public record GenerationDetails(TimelineRow row, int current, String made, List<Change> changes) {
    public GenerationDetails {
        changes = List.copyOf(changes);
    }

    public List<Change> added() {
        return changes.stream().filter(Change.Added.class::isInstance).toList();
    }

    public List<Change> upgraded() {
        return replaced(false);
    }

    public List<Change> downgraded() {
        return replaced(true);
    }

    private List<Change> replaced(boolean down) {
        return changes.stream()
                .filter(change -> change instanceof Change.Upgraded upgraded && upgraded.isDowngrade() == down)
                .toList();
    }

    public List<Change> removed() {
        return changes.stream().filter(Change.Removed.class::isInstance).toList();
    }
}
