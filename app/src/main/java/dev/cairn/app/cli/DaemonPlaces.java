// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the store that a daemon is to serve, by the variables that guix-daemon and nix-daemon know. */
final class DaemonPlaces {
    private static final List<String> GUIX_VARIABLES = List.of(
            "NIX_STORE_DIR",
            "NIX_STORE",
            "GUIX_STATE_DIRECTORY",
            "GUIX_LOG_DIRECTORY",
            "GUIX_DATABASE_DIRECTORY",
            "GUIX_CONFIGURATION_DIRECTORY");

    private static final List<String> NIX_VARIABLES =
            List.of("NIX_STORE_DIR", "NIX_STORE", "NIX_STATE_DIR", "NIX_LOG_DIR", "NIX_DB_DIR", "NIX_CONF_DIR");

    private final Map<String, String> environment;
    private final Dialect dialect;

    DaemonPlaces(Map<String, String> environment, Dialect dialect) {
        this.environment = environment;
        this.dialect = dialect;
    }

    /**
     * The store: below the root that was chosen, if one was; else the system's, where variables name parts of it or
     * this process may write to it; else the user's own.
     */
    StoreLayout layout(Optional<Path> root) throws UsageException {
        StoreDirectory store = store();
        Places places = places();
        if (root.isPresent()) {
            return new StoreLayout(store, root.get(), places);
        }
        StoreLayout system = new StoreLayout(store, Path.of("/"), places);
        return variables().stream().anyMatch(this::isSet) || isSuperuser() || Files.isWritable(system.physicalStore())
                ? system
                : new StoreLayout(store, StoreLayout.user(environment).root(), places);
    }

    private List<String> variables() {
        return switch (dialect) {
            case GUIX -> GUIX_VARIABLES;
            case NIX -> NIX_VARIABLES;
        };
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private StoreDirectory store() throws UsageException {
        StoreDirectory usual =
                switch (dialect) {
                    case GUIX -> StoreDirectory.GNU;
                    case NIX -> StoreDirectory.NIX;
                };
        String fallback = folder("NIX_STORE", usual.path());
        return new StoreDirectory(folder("NIX_STORE_DIR", fallback));
    }

    private Places places() throws UsageException {
        return switch (dialect) {
            case GUIX -> places(
                    Places.GUIX, "GUIX_STATE_DIRECTORY", "GUIX_DATABASE_DIRECTORY", "GUIX_LOG_DIRECTORY",
                    "GUIX_CONFIGURATION_DIRECTORY");
            case NIX -> places(Places.NIX, "NIX_STATE_DIR", "NIX_DB_DIR", "NIX_LOG_DIR", "NIX_CONF_DIR");
        };
    }

    private Places places(Places usual, String state, String database, String logs, String configuration)
            throws UsageException {
        String chosen = folder(state, usual.state());
        return new Places(
                chosen,
                folder(database, chosen + "/db"),
                folder(logs, usual.logs()),
                folder(configuration, usual.configuration()),
                usual.schema());
    }

    private String folder(String variable, String otherwise) throws UsageException {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        String normal = Path.of(value).normalize().toString();
        if (!value.startsWith("/") || normal.length() < 2) {
            throw new UsageException(Texts.text("error.daemon-folder", variable, value));
        }
        return normal;
    }

    private static boolean isSuperuser() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false;
        }
    }
}
