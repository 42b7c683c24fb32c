// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.Daemon;
import dev.cairn.debian.Architectures;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Resolves packages of all archives together, as packages of one archive depend on those of another. */
public final class DebianResolver implements JointResolver {
    private volatile List<Source> sources = List.of();
    private volatile BooleanSupplier recommending = () -> true;

    /** Where packages come from: a channel as it is when asked. */
    interface Source {
        /** What it has; empty if it was never fetched. */
        Optional<ArchiveCandidates.Offer> offer() throws CairnException;
    }

    /** Sets what is chosen from; to be called before anything is resolved. */
    public void use(List<DebianChannel> channels) {
        take(channels.stream().<Source>map(channel -> channel::offer).toList());
    }

    /**
     * Sets whether packages that are installed bring along what they recommend, where the user does not say; they do
     * unless something else is set here. Many are of little use without (a compiler without headers); what their
     * dependencies recommend is rarely missed, and never taken.
     */
    public void recommend(BooleanSupplier usually) {
        recommending = usually;
    }

    void take(List<Source> from) {
        sources = List.copyOf(from);
    }

    @Override
    public boolean governs(ManifestEntry installed) {
        return installed.properties().containsKey(ManifestEntry.DEBIAN);
    }

    @Override
    public Selection select(Wish wish, Daemon daemon) throws CairnException {
        List<ArchiveCandidates.Offer> offers = new ArrayList<>();
        Map<String, Integer> priorities = new HashMap<>();
        for (Source source : sources) {
            source.offer().ifPresent(offer -> {
                offers.add(offer);
                priorities.put(offer.channel(), offer.priority());
            });
        }
        Candidates archives =
                new ArchiveCandidates(offers, Architectures.of(wish.system()));
        return new DebianSelection(wish, daemon, archives, priorities, recommending.getAsBoolean()).select();
    }
}
