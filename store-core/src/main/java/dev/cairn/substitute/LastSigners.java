// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.narinfo.Standing;
import dev.cairn.narinfo.Voucher;
import dev.cairn.signature.TrustedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which keys signed what was last learnt of the items of servers, by the answers that a store keeps. A few of the
 * latest are looked at, whether or not they count still; where there are none, or they cannot be read, nothing is
 * known.
 */
public record LastSigners(StoreLayout layout) {
    private static final int LOOKED_AT = 4;

    /**
     * Looks.
     *
     * @param urls as the list of servers has them; what is none is passed over
     * @return those of the URLs that a key signs for, by its fingerprint
     */
    public Map<String, List<String>> of(List<String> urls, TrustedKeys trusted) {
        Map<String, List<String>> found = new HashMap<>();
        for (String url : urls) {
            for (byte[] narinfo : latest(url)) {
                signer(narinfo, trusted)
                        .map(key -> found.computeIfAbsent(key, _ -> new ArrayList<>()))
                        .filter(known -> !known.contains(url))
                        .ifPresent(known -> known.add(url));
            }
        }
        return found;
    }

    private List<byte[]> latest(String url) {
        try {
            return NarinfoCache.latest(layout, SubstituteServer.parse(url), LOOKED_AT);
        } catch (FormatException _) {
            return List.of();
        }
    }

    private Optional<String> signer(byte[] narinfo, TrustedKeys trusted) {
        try {
            return NarinfoReader.read(narinfo, layout.storeDirectory()).judge(trusted)
                            instanceof Standing.Authorised(Voucher voucher)
                    ? switch (voucher) {
                        case Voucher.GuixKey guix -> Optional.of(guix.key().fingerprint());
                        case Voucher.NixKey nix -> Optional.of(nix.key().fingerprint());
                        case Voucher.Contents _ -> Optional.empty();
                    }
                    : Optional.empty();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }
}
