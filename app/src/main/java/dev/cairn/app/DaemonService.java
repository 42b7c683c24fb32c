// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.GraphSource;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.bridge.maker.Made;
import dev.cairn.bridge.maker.MakingDaemon;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.database.DatabaseSnapshot;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A daemon to work with instead of the own store. Where its store is follows from whose dialect it speaks, and from the
 * variables that Guix's and Nix's own programs heed.
 */
final class DaemonService {
    /** What makes Cairn work with the own store in spite of all settings. */
    static final String NONE = "none";

    /** Milliseconds for which the start of the window or of a command waits for a daemon's first words. */
    private static final long PATIENCE = 2000;

    private final String text;
    private final Dialect dialect;
    private final StoreLayout layout;
    private final Path made;

    private DaemonService(String text, Dialect dialect, StoreLayout layout, Path made) {
        this.text = text;
        this.dialect = dialect;
        this.layout = layout;
        this.made = made;
    }

    /**
     * The daemon that the user chose, if any: by an option, else by {@code CAIRN_DAEMON}, else, unless a store was
     * chosen, in the settings.
     */
    static Optional<DaemonService> of(Choices choices, Folders folders, Map<String, String> environment) {
        Optional<String> chosen = choices.daemon()
                .or(() -> Optional.ofNullable(environment.get("CAIRN_DAEMON")).filter(text -> !text.isEmpty()))
                .or(() -> choices.storeRoot().isPresent() ? Optional.empty() : new DaemonSetting(folders).read());
        return chosen.filter(text -> !text.equals(NONE)).map(text -> at(text, choices, folders, environment));
    }

    private static DaemonService at(
            String text, Choices choices, Folders folders, Map<String, String> environment) {
        Optional<DaemonPlace> place = place(text);
        Dialect dialect = dialect(text, place);
        Places usual = dialect == Dialect.GUIX ? Places.GUIX : Places.NIX;
        Path root = place.flatMap(DaemonPlace::root)
                .or(choices::storeRoot)
                .or(() -> place.flatMap(known -> known.rootOfSocket(usual.state())))
                .orElse(Path.of("/"));
        StoreLayout layout = dialect == Dialect.GUIX ? guix(root, environment) : nix(root, environment);
        String name = Hash.sha256((text + layout.storeDirectory() + root).getBytes(StandardCharsets.UTF_8)).hex();
        return new DaemonService(text, dialect, layout, folders.cache().resolve("made").resolve(name.substring(0, 16)));
    }

    /** Nothing if it is no address, which whoever opens it is told. */
    private static Optional<DaemonPlace> place(String text) {
        try {
            return Optional.of(DaemonPlace.parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** As the daemon says, or while it says nothing, as its name suggests. */
    private static Dialect dialect(String text, Optional<DaemonPlace> place) {
        if (place.isEmpty()) {
            return Dialect.GUIX;
        }
        CompletableFuture<Dialect> answer = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(SocketDaemon.dialect(place.get().address()));
            } catch (CairnException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // Whoever uses it next is told why.
            asking.interrupt();
        }
        return text.contains("nix") ? Dialect.NIX : Dialect.GUIX;
    }

    private static StoreLayout guix(Path root, Map<String, String> environment) {
        return layout(
                StoreDirectory.GNU, root, Places.GUIX, environment, "GUIX_STATE_DIRECTORY", "GUIX_DATABASE_DIRECTORY",
                "GUIX_LOG_DIRECTORY", "GUIX_CONFIGURATION_DIRECTORY");
    }

    private static StoreLayout nix(Path root, Map<String, String> environment) {
        return layout(
                StoreDirectory.NIX, root, Places.NIX, environment, "NIX_STATE_DIR", "NIX_DB_DIR", "NIX_LOG_DIR",
                "NIX_CONF_DIR");
    }

    /** @param variables for the state, the database, logs and the configuration */
    private static StoreLayout layout(
            StoreDirectory store, Path root, Places usual, Map<String, String> environment, String... variables) {
        String state = folder(environment, variables[0], usual.state());
        Places places = new Places(
                state,
                folder(environment, variables[1], state + "/db"),
                folder(environment, variables[2], usual.logs()),
                folder(environment, variables[3], usual.configuration()),
                usual.schema());
        String fallback = folder(environment, "NIX_STORE", store.path());
        return new StoreLayout(new StoreDirectory(folder(environment, "NIX_STORE_DIR", fallback)), root, places);
    }

    private static String folder(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "").replaceFirst("(?<=.)/+$", "");
        return value.startsWith("/") ? value : otherwise;
    }

    /** Where it listens, as the user wrote it. */
    String address() {
        return text;
    }

    /** Its store, as far as that is known. */
    StoreLayout layout() {
        return layout;
    }

    /**
     * Begins a session with it.
     *
     * @throws FormatException when its address is none
     * @throws DaemonException.Unavailable when it cannot be spoken to
     */
    Daemon open(Proxies proxies) throws CairnException {
        DaemonAddress address = DaemonPlace.parse(text).address();
        if (SocketDaemon.dialect(address) != dialect) {
            throw new DaemonException.Unavailable(
                    text,
                    DaemonException.Unavailable.Reason.UNKNOWN_VERSION,
                    "the daemon at '" + text + "' was not there when Cairn first looked, and is of another kind than "
                            + "its name suggests",
                    "Choose it once more in the settings, or start Cairn again.",
                    Optional.empty());
        }
        Made known = Made.read(layout.storeDirectory(), made);
        // Behind a port there may be another machine, whose database is not the one here.
        GraphSource source = address instanceof DaemonAddress.Local
                ? () -> DatabaseSnapshot.graph(layout.database(), layout.storeDirectory())
                : GraphSource.NONE;
        return new MakingDaemon(
                SocketDaemon.open(address, layout, source), layout, new OwnBuilders(proxies), known);
    }

    /**
     * Makes sure that the files of a daemon's store are where they are looked for. One behind a port may have them on
     * another machine.
     */
    void checkPlace() throws CairnException {
        if (DaemonPlace.parse(text).address() instanceof DaemonAddress.Local
                && !Files.isDirectory(layout.physicalStore())) {
            throw new StoreElsewhereException(text, layout.physicalStore());
        }
    }
}
