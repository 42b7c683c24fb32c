// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import java.util.List;
import java.util.Optional;

/**
 * Two generations that are compared.
 *
 * @param before what is changed from
 * @param after what is changed to
 */
public record GenerationPair(TimelineRow before, TimelineRow after) {
    /**
     * The two to compare: with a second generation the older one and the newer one, else the current one and the
     * chosen one, as switching to that would change it.
     *
     * @param rows all generations
     * @return empty where there is only one, or what one of them held is not in the store any more
     */
    static Optional<GenerationPair> of(TimelineRow chosen, Optional<TimelineRow> second, List<TimelineRow> rows) {
        Optional<GenerationPair> pair = second.isPresent()
                ? second.map(other -> inOrder(chosen, other))
                : rows.stream()
                        .filter(TimelineRow::isCurrent)
                        .findFirst()
                        .map(current -> new GenerationPair(current, chosen));
        return pair.filter(two -> two.before().number() != two.after().number())
                .filter(two -> !two.before().gone() && !two.after().gone());
    }

    /** Whether it is about the same two, whatever is noted about them by now. */
    boolean isSameAs(GenerationPair other) {
        return before.generation().item().equals(other.before.generation().item())
                && after.generation().item().equals(other.after.generation().item())
                && before.number() == other.before.number()
                && after.number() == other.after.number();
    }

    /** The older one first. */
    static GenerationPair inOrder(TimelineRow one, TimelineRow other) {
        return one.number() < other.number() ? new GenerationPair(one, other) : new GenerationPair(other, one);
    }
}
