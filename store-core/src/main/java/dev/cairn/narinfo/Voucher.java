// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.path.ContentAddress;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;

/** On whose word a narinfo is believed. */
public sealed interface Voucher {
    /** An authorised key signed it in Guix's dialect. */
    record GuixKey(PublicKey key) implements Voucher {}

    /** A trusted key signed it in Nix's dialect. */
    record NixKey(NixPublicKey key) implements Voucher {}

    /**
     * Nobody's: the item's name follows from its contents and references, and is that of the narinfo. That says
     * nothing about the NAR's hash, so whoever unpacks the item must see to it that its contents have this address.
     */
    record Contents(ContentAddress address) implements Voucher {}
}
