// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.guix.GuixSource;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * GNU Guix as its project serves it (services, section 0.2): addresses that users can choose to use. Nothing is asked
 * of them before somebody adds the channel and pulls, and no key is trusted before somebody authorises it.
 */
public final class GuixPreset {
    /** What the channel is called. */
    public static final String NAME = "guix";

    /** A farm that builds packages. @param key the public key that it signs with, as {@code guix} prints keys */
    public record Farm(String url, String key) {}

    /** The farms that serve the packages, in the order in which Guix asks them. */
    public static final List<Farm> FARMS = List.of(
            new Farm(
                    "https://bordeaux.guix.gnu.org",
                    key("7D602902D3A2DBB83F8A0FB98602A754C5493B0B778C8D1DD4E0F41DE14DE34F")),
            new Farm(
                    "https://ci.guix.gnu.org",
                    key("8D156F295D24B0D9A86FA5741A840FF2D24F60F7B6C4134814AD55625971B394")));

    private GuixPreset() {}

    /** The public Data Service, following the main branch. */
    public static GuixSource source() {
        return new GuixSource(
                URI.create("https://data.guix.gnu.org"),
                GuixSource.REPOSITORY,
                GuixSource.BRANCH,
                Optional.empty(),
                FARMS.stream().map(Farm::url).toList());
    }

    private static String key(String q) {
        return "(public-key (ecc (curve Ed25519) (q #" + q + "#)))";
    }
}
