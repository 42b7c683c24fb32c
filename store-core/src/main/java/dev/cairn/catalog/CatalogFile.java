// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.PosixLock;
import dev.cairn.packages.DefinitionProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the catalog, a file that can always be made again from the channels. */
public final class CatalogFile {
    /** The fingerprint of a channel that was not the same all the time: it is read again next time. */
    private static final String CHANGED_MEANWHILE = "changed while it was being read";

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);

    private final Path file;
    private final List<? extends CatalogSource> channels;
    private final EventSink events;

    private CatalogFile(Path file, List<? extends CatalogSource> channels, EventSink events) {
        this.file = file;
        this.channels = channels;
        this.events = events;
    }

    /**
     * Opens the catalog in {@code file}, first bringing it up to date with {@code channels} if any of them changed.
     * Definitions that are wrong are left out and can be asked for with {@link Catalog#problems}; so are channels that
     * cannot be read at all. A file that is damaged, or of another version of Cairn, is made again.
     *
     * @param channels with different names; earlier ones come first where nothing else decides
     * @throws CatalogException.Unusable when the file cannot be read or written
     */
    public static Catalog open(Path file, List<? extends CatalogSource> channels, EventSink events)
            throws CatalogException {
        return new CatalogFile(file, List.copyOf(channels), events).open();
    }

    private Catalog open() throws CatalogException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Map<String, Offer> offers = offers();
            try {
                return openOnce(offers);
            } catch (SQLException e) {
                if (!CatalogDatabase.isDamage(e)) {
                    throw e;
                }
                return remake(offers);
            }
        } catch (FileAlreadyExistsException e) {
            // A file is where the folder should be.
            throw CatalogDatabase.unusable(file, new NotDirectoryException(e.getFile()));
        } catch (IOException e) {
            throw CatalogDatabase.unusable(file, e);
        } catch (SQLException e) {
            throw CatalogDatabase.unusable(file, e);
        }
    }

    /** A channel's fingerprint, or why it has none. */
    private record Offer(String fingerprint, Optional<CairnException> failure) {}

    private Map<String, Offer> offers() {
        Map<String, Offer> offers = new HashMap<>();
        for (CatalogSource channel : channels) {
            try {
                offers.put(channel.name(), new Offer(channel.fingerprint(), Optional.empty()));
            } catch (CairnException e) {
                offers.put(channel.name(), new Offer("failed: " + e.getMessage(), Optional.of(e)));
            }
        }
        return offers;
    }

    private Catalog openOnce(Map<String, Offer> offers) throws SQLException, CatalogException {
        CatalogDatabase database = CatalogDatabase.open(file);
        boolean done = false;
        try {
            if (!database.isCurrent()) {
                throw CatalogDatabase.damaged("made by another version");
            }
            if (!isUpToDate(database, offers)) {
                update(database, offers);
            }
            done = true;
            return new SqliteCatalog(database);
        } finally {
            if (!done) {
                database.close();
            }
        }
    }

    /** Starts afresh, unless another process has just done so. */
    private Catalog remake(Map<String, Offer> offers) throws IOException, SQLException, CatalogException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (PosixLock _ = PosixLock.acquire(lock, PosixLock.Mode.EXCLUSIVE)) {
            try {
                return openOnce(offers);
            } catch (SQLException e) {
                if (!CatalogDatabase.isDamage(e)) {
                    throw e;
                }
                CatalogDatabase.delete(file);
                return openOnce(offers);
            }
        }
    }

    private boolean isUpToDate(CatalogDatabase database, Map<String, Offer> offers) throws SQLException {
        List<String> wanted = new ArrayList<>();
        for (CatalogSource channel : channels) {
            wanted.add(channel.name() + "\n" + channel.priority() + "\n"
                    + offers.get(channel.name()).fingerprint());
        }
        List<String> present = new ArrayList<>();
        try (ResultSet rows = database.statement("SELECT name, priority, fingerprint FROM channel ORDER BY position")
                .executeQuery()) {
            while (rows.next()) {
                present.add(rows.getString(1) + "\n" + rows.getInt(2) + "\n" + rows.getString(3));
            }
        }
        return wanted.equals(present);
    }

    private void update(CatalogDatabase database, Map<String, Offer> offers) throws SQLException, CatalogException {
        database.execute("BEGIN IMMEDIATE");
        try {
            // Another process may have been quicker.
            if (!isUpToDate(database, offers)) {
                write(database, offers);
            }
            database.execute("COMMIT");
        } catch (SQLException | CatalogException | RuntimeException e) {
            try {
                database.execute("ROLLBACK");
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void write(CatalogDatabase database, Map<String, Offer> offers) throws SQLException, CatalogException {
        Map<String, String> present = new HashMap<>();
        try (ResultSet rows = database.statement("SELECT name, fingerprint FROM channel").executeQuery()) {
            while (rows.next()) {
                present.put(rows.getString(1), rows.getString(2));
            }
        }
        CatalogUpdate update = new CatalogUpdate(database);
        for (String name : present.keySet()) {
            if (!offers.containsKey(name)) {
                update.remove(name);
            }
        }
        for (CatalogSource channel : channels) {
            Offer offer = offers.get(channel.name());
            Optional<String> since = Optional.ofNullable(present.get(channel.name()));
            if (since.isEmpty() || !since.get().equals(offer.fingerprint())) {
                read(database, update, channel, offer, since);
            }
        }
        update.rank(channels);
        update.writeListing();
    }

    /**
     * A channel that cannot be read to its end offers nothing but the reason.
     *
     * @param since the fingerprint that it has here, if it is here
     */
    private void read(
            CatalogDatabase database,
            CatalogUpdate update,
            CatalogSource channel,
            Offer offer,
            Optional<String> since)
            throws SQLException, CatalogException {
        try (var activity = new Activities(events).start(Event.Kind.REFRESH, channel.name())) {
            database.execute("SAVEPOINT channel");
            try {
                if (offer.failure().isPresent()) {
                    throw offer.failure().get();
                }
                if (since.isEmpty() || !change(database, update, channel, since.get(), offer)) {
                    ChannelUpdate contents = update.update(channel, offer.fingerprint());
                    ReadAhead.run(channel, events, contents);
                    contents.finish();
                    if (!channel.fingerprint().equals(offer.fingerprint())) {
                        update.setFingerprint(channel, CHANGED_MEANWHILE);
                    }
                }
                database.execute("RELEASE channel");
                activity.finish();
            } catch (CairnException e) {
                database.execute("ROLLBACK TO channel");
                database.execute("RELEASE channel");
                activity.fail(e.getMessage(), e.hint());
                if (Thread.currentThread().isInterrupted()) {
                    throw CatalogDatabase.unusable(file, e);
                }
                ChannelUpdate contents = update.update(channel, offer.fingerprint());
                contents.problem(new DefinitionProblem(
                        "channel.json", 0, 0, "", e.getMessage(), "a channel that can be read"));
                contents.finish();
            } catch (ChannelUpdate.Failed e) {
                throw e.reason();
            }
        }
    }

    /** Has a channel say what is different, if it can. @return whether it could; if not, nothing is changed */
    private static boolean change(
            CatalogDatabase database, CatalogUpdate update, CatalogSource channel, String since, Offer offer)
            throws SQLException, CairnException {
        boolean done = false;
        database.execute("SAVEPOINT changes");
        try {
            done = update.change(channel, since, offer.fingerprint());
        } catch (CairnException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // What it offered before may be damaged; what it offers now is read by itself.
            LOG.debug("what is new in '{}' cannot be told: {}", channel.name(), e.toString());
        }
        if (!done) {
            database.execute("ROLLBACK TO changes");
        }
        database.execute("RELEASE changes");
        return done;
    }
}
