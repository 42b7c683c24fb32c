// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.Optional;

/** Programs of the machine that builders see where their derivation has the variable {@code hostTools} = {@code 1}. */
public final class HostTools {
    private static final String VARIABLE = "hostTools";

    private HostTools() {}

    /** Whether the builder sees them. */
    public static boolean areUsedBy(Derivation derivation) {
        return derivation.environment().getOrDefault(VARIABLE, "").equals("1");
    }

    /** What comes of asking for a pure build of such a derivation. */
    public static DaemonException.Refused refusal(StorePath derivation) {
        return new DaemonException.Refused(
                "'" + derivation + "' uses programs of this machine, and only pure builds were asked for",
                Optional.of("Leave out --pure, or choose packages that do not need the host's tools."));
    }

    /**
     * Refuses a pure build before it is asked for.
     *
     * @param derivations all that would be built
     * @throws DaemonException.Refused when one of them uses host tools
     */
    public static void refuse(Daemon daemon, Collection<StorePath> derivations) throws CairnException {
        for (StorePath path : derivations) {
            // One that is still to be fetched was not made for this machine.
            if (daemon.isValid(path) && areUsedBy(DerivationItems.read(daemon, path))) {
                throw refusal(path);
            }
        }
    }
}
