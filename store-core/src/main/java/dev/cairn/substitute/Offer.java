// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.Voucher;
import java.util.List;

/**
 * An item that a server has, and that somebody trusted vouches for.
 *
 * @param server who has it
 * @param claim what it is, in the words of who vouches for it
 * @param voucher on whose word; not necessarily this server's, if another one says the same
 * @param nars where its contents are, the best first
 * @param signatures in Nix's form, as the narinfo has them
 */
public record Offer(
        SubstituteServer server, Claim claim, Voucher voucher, List<NarChoice> nars, List<String> signatures) {
    public Offer {
        nars = List.copyOf(nars);
        signatures = List.copyOf(signatures);
    }
}
