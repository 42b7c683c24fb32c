// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.profile.Profile;
import java.util.List;

/**
 * Small shell scripts that run the programs of a profile with the physical store shown at its logical name, without
 * starting a JVM.
 */
public final class Launchers {
    public Launchers(StoreLayout layout) {
        throw new UnsupportedOperationException();
    }

    /** Makes the launcher folder hold exactly one launcher per program of the profile's current generation. */
    public void follow(Profile profile) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** The names of the programs that can be started now. */
    public List<String> programs() throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** Shell text for {@code eval} that puts the launchers on the PATH and sets the profile's search paths. */
    public String shellEnvironment(Profile profile) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
