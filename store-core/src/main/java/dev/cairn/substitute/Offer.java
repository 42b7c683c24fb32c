// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Voucher;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * An item that a server has, and that somebody trusted vouches for.
 *
 * @param server who has it
 * @param claim what it is, in the words of who vouches for it
 * @param voucher on whose word; not necessarily this server's, if another one says the same
 * @param places where its contents are, the best first
 * @param signatures in Nix's form, as the narinfo has them
 */
public record Offer(
        SubstituteServer server,
        Claim claim,
        Voucher voucher,
        SequencedMap<NarChoice, URI> places,
        List<String> signatures) {
    public Offer {
        places = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(places));
        signatures = List.copyOf(signatures);
    }

    /** The ways to get its contents, the best first. */
    public List<NarChoice> nars() {
        return List.copyOf(places.keySet());
    }
}
