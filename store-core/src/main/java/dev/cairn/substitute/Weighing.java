// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.error.FormatException;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.Standing;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Weighs what several servers say of one item (formats, section 6.2). Used by one thread. */
final class Weighing {
    private final StorePath path;
    private final TrustedKeys keys;
    private final List<Heard> heard = new ArrayList<>();
    private final List<Objection> objections = new ArrayList<>();

    /** @param places the addresses of NARs, the best first */
    private record Heard(
            SubstituteServer server, Narinfo narinfo, SequencedMap<NarChoice, URI> places, Standing standing) {}

    Weighing(StorePath path, TrustedKeys keys) {
        this.path = path;
        this.keys = keys;
    }

    void add(SubstituteServer server, Answer answer) {
        switch (answer) {
            case Answer.Said(Narinfo narinfo) -> said(server, narinfo);
            case Answer.Absent _ -> object(server, "it does not have it");
            case Answer.Strange(String why) -> object(server, why);
            case Answer.Unusable(String why) -> object(server, why);
        }
    }

    private void said(SubstituteServer server, Narinfo narinfo) {
        Map<NarChoice, URI> addresses = new LinkedHashMap<>();
        String problem = "it has it only with compressions that are not known here ("
                + Shown.text(String.join(", ", narinfo.otherCompressions())) + ")";
        for (NarChoice nar : narinfo.nars()) {
            try {
                addresses.put(nar, server.nar(nar));
            } catch (FormatException e) {
                problem = "what it says cannot be used: " + Shown.text(e.getMessage());
            }
        }
        if (addresses.isEmpty()) {
            object(server, problem);
        } else {
            SequencedMap<NarChoice, URI> places = new LinkedHashMap<>();
            server.preference()
                    .sort(List.copyOf(addresses.keySet()))
                    .forEach(nar -> places.put(nar, addresses.get(nar)));
            heard.add(new Heard(server, narinfo, places, narinfo.judge(keys)));
        }
    }

    private void object(SubstituteServer server, String reason) {
        objections.add(new Objection(server, reason, Optional.empty(), Optional.empty()));
    }

    /** Whether somebody has it and somebody vouches for it. */
    boolean isServed() {
        return heard.stream().anyMatch(one -> one.standing().isAuthorised());
    }

    Findings findings() {
        List<Offer> offers = new ArrayList<>();
        List<Objection> all = new ArrayList<>(objections);
        for (Heard one : heard) {
            Optional<Heard> vouching = vouching(one);
            if (vouching.isPresent()) {
                offers.add(offer(one, vouching.get()));
            } else {
                all.add(Objections.to(one.server(), one.standing()));
            }
        }
        return new Findings(path, offers, all);
    }

    /** Who says the same and is believed; the server itself if it is. Nobody vouches for one that was caught lying. */
    private Optional<Heard> vouching(Heard one) {
        if (one.standing().isAuthorised()) {
            return Optional.of(one);
        }
        boolean isHonest =
                one.standing() instanceof Standing.Unsigned || one.standing() instanceof Standing.UnknownKeys;
        return heard.stream()
                .filter(_ -> isHonest)
                .filter(other -> other.standing().isAuthorised()
                        && other.narinfo().isEquivalent(one.narinfo()))
                .findFirst();
    }

    private static Offer offer(Heard one, Heard vouching) {
        if (!(vouching.standing() instanceof Standing.Authorised authorised)) {
            throw new IllegalStateException("nobody vouches for " + one.narinfo().path());
        }
        return new Offer(
                one.server(),
                vouching.narinfo().claim(),
                authorised.voucher(),
                one.places(),
                vouching.narinfo().signatures().nix());
    }
}
