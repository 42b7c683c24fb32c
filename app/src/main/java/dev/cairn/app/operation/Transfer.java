// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.format.Durations;
import dev.cairn.ui.l10n.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Octets on their way: how many there are, how fast they come, and how long that will take. For one thread. */
public final class Transfer {
    private static final Messages TEXTS = Messages.of("shell");

    private final Speed speed = new Speed();
    private OptionalLong total;
    private long done;

    /** @param total octets in all, where known */
    public Transfer(OptionalLong total) {
        this.total = total;
    }

    long done() {
        return done;
    }

    public void total(OptionalLong octets) {
        total = octets;
    }

    /** Notes that so many octets are there. */
    public void reached(long octets, Instant now) {
        done = Math.max(0, octets);
        speed.add(now, done);
    }

    /** What was noted says nothing of how fast it goes from here. */
    void interrupted() {
        speed.forget();
    }

    /** From 0 to 1, where the total is known. */
    double fraction() {
        return total.isPresent() && total.getAsLong() > 0
                ? Math.clamp((double) done / total.getAsLong(), 0, 1)
                : 0;
    }

    /** How far it is, such as {@code 4.20 MB / 9.00 MB}. */
    public String extent() {
        // A total that turned out too small says nothing.
        return total.isPresent() && total.getAsLong() >= done
                ? ByteSizes.text(done) + " / " + ByteSizes.text(total.getAsLong())
                : ByteSizes.text(done);
    }

    /** How fast it goes and how long it will take, as far as that is known. */
    public List<String> pace(Instant now) {
        List<String> parts = new ArrayList<>();
        speed.perSecond(now).ifPresent(rate -> parts.add(TEXTS.text("activity.speed", ByteSizes.text(rate))));
        total.ifPresent(all -> speed.secondsFor(all - done, now)
                .ifPresent(seconds -> parts.add(TEXTS.text("activity.left", Durations.text(seconds)))));
        return parts;
    }
}
