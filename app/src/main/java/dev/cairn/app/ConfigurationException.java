// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the user's configuration cannot be used. */
public final class ConfigurationException extends CairnException {
    private final transient Path file;

    /** @param problem what is wrong with it, without its name */
    public ConfigurationException(Path file, String problem, String hint, Optional<? extends Throwable> cause) {
        super("'" + file + "' cannot be used: " + problem, Optional.of(hint), cause);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
