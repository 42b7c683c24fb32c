// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A profile: a symlink to one of its generations, which are symlinks {@code PROFILE-N-link} beside it (formats,
 * section 10). Reads see a consistent state without locking; changes hold {@code PROFILE.lock}.
 */
public final class Profile {
    private final StoreLayout layout;
    private final Path link;

    /** @param link the profile's own name; it need not exist yet */
    public Profile(StoreLayout layout, Path link) {
        this.layout = layout;
        this.link = link;
    }

    /** The profile that a user has unless told otherwise: {@code profiles/per-user/USER/guix-profile}. */
    public static Profile ofUser(StoreLayout layout, Map<String, String> environment) {
        String user = environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", System.getProperty("user.name")));
        return new Profile(layout, layout.profiles().resolve("per-user").resolve(user).resolve("guix-profile"));
    }

    public StoreLayout layout() {
        return layout;
    }

    /** The symlink that names the current generation. */
    public Path link() {
        return link;
    }

    /** The current generation's number; 0 when nothing was ever installed. */
    public int currentNumber() throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** All generations in ascending order. */
    public List<Generation> generations() throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** What the current generation holds. */
    public Manifest manifest() throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** What a generation holds; the empty manifest for number 0. */
    public Manifest manifest(int number) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
