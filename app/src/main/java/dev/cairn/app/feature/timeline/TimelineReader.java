// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.format.RelativeTimes;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.profile.ProfileException;
import dev.cairn.transaction.Comparison;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the generations of the profile as rows of the timeline. Blocks; for threads for work. */
final class TimelineReader {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);

    private final ProfileActions actions;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Messages messages = Messages.of("timeline");

    TimelineReader(ProfileActions actions, InstantSource clock, ZoneId zone) {
        this.actions = actions;
        this.clock = clock;
        this.zone = zone;
    }

    /** Newest first. */
    List<TimelineRow> read() throws CairnException {
        List<Generation> generations = actions.generations().stream()
                .filter(generation -> generation.number() > 0 || generation.current())
                .toList();
        Set<Integer> known = new HashSet<>(Set.of(0));
        List<TimelineRow> rows = new ArrayList<>();
        int below = 0;
        for (Generation generation : generations) {
            rows.add(row(generation, below, known));
            below = generation.number();
            known.add(below);
        }
        List<TimelineRow> newestFirst = new ArrayList<>(rows.reversed());
        for (int i = 0; i < newestFirst.size(); i++) {
            if (i == 0 || !newestFirst.get(i - 1).day().equals(newestFirst.get(i).day())) {
                newestFirst.set(i, newestFirst.get(i).headed());
            }
        }
        return newestFirst;
    }

    /** @param known the numbers of generations before it that there are */
    private TimelineRow row(Generation generation, int below, Set<Integer> known) throws CairnException {
        int parent = generation.parent().orElse(below);
        Comparison change = Comparison.NOTHING;
        boolean gone = false;
        try {
            // A parent may have been deleted since; then there is nothing left to compare with.
            if (generation.number() > 0 && known.contains(parent)) {
                change = actions.compare(parent, generation.number());
            }
        } catch (ProfileException.Gone e) {
            // Where only the parent is gone there is nothing left to compare with either.
            gone = e.number() == generation.number() || isGone(generation.number());
        }
        ZonedDateTime made = generation.time().atZone(zone);
        String cause = generation.cause()
                .orElse(messages.text(generation.number() == 0 ? "cause.empty" : "cause.unknown"));
        return new TimelineRow(
                generation,
                made.toLocalDate(),
                messages.text("time", TIME.format(made), RelativeTimes.text(generation.time(), clock.instant())),
                cause,
                change.added().size(),
                change.upgraded().size() + change.downgraded().size(),
                change.removed().size(),
                isBranch(generation),
                gone,
                false);
    }

    /**
     * A generation whose parent is recorded got the highest number there was plus one, so that it was made from the
     * newest one if that is its parent, whatever was deleted since.
     */
    private static boolean isBranch(Generation generation) {
        return generation.parent().isPresent() && generation.parent().getAsInt() != generation.number() - 1;
    }

    private boolean isGone(int number) throws CairnException {
        try {
            actions.compare(0, number);
            return false;
        } catch (ProfileException.Gone _) {
            return true;
        }
    }
}
