// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.fs.PosixLock;
import dev.cairn.layout.Places;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which items are valid, their hashes, references, derivers, and the outputs of derivations: an SQLite file that Guix's
 * daemon could open (formats, section 7). An item is valid when, and only when, it has a row here.
 *
 * <p>Safe for use by several threads; several processes may have the same database open.
 */
public final class StoreDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);

    private final DatabaseFiles files;
    private final PosixLock bigLock;
    private final Connections connections;
    private final Schema schema;
    private final PathRows rows;

    private StoreDatabase(
            DatabaseFiles files, PosixLock bigLock, Connections connections, Schema schema, StoreDirectory store) {
        this.files = files;
        this.bigLock = bigLock;
        this.connections = connections;
        this.schema = schema;
        this.rows = new PathRows(files.database(), store, schema);
    }

    /**
     * Opens, and where missing makes, the database in a folder: Guix's.
     *
     * @param store the store whose items it holds
     * @throws DaemonException.DatabaseUnusable when it is damaged, of another version or no database
     */
    public static StoreDatabase open(Path directory, StoreDirectory store) throws DaemonException {
        return open(directory, store, Places.GUIX_SCHEMA);
    }

    /**
     * Opens, and where missing makes, the database in a folder. One that is there may be Guix's or Nix's.
     *
     * @param store the store whose items it holds
     * @param version of the schema of a new one
     * @throws DaemonException.DatabaseUnusable when it is damaged, of another version or no database
     */
    public static StoreDatabase open(Path directory, StoreDirectory store, int version) throws DaemonException {
        DatabaseFiles files = new DatabaseFiles(directory);
        try {
            Files.createDirectories(directory);
            PosixLock bigLock = files.bigLock();
            boolean opened = false;
            try {
                Schema schema = files.schema(version);
                reserve(files);
                StoreDatabase database = openOnFullDiskToo(files, bigLock, schema, store);
                opened = true;
                return database;
            } finally {
                if (!opened) {
                    bigLock.close();
                }
            }
        } catch (IOException e) {
            throw DaemonException.of("opening the store database in '" + directory + "'", e);
        }
    }

    /** Gives the reserve up where opening fails without it: nothing could be deleted from a store that is not open. */
    private static StoreDatabase openOnFullDiskToo(
            DatabaseFiles files, PosixLock bigLock, Schema schema, StoreDirectory store)
            throws IOException, DaemonException {
        try {
            return openOnce(files, bigLock, schema, store);
        } catch (DaemonException.StoreIo e) {
            if (!files.release()) {
                throw e;
            }
            LOG.debug("The reserved space was given up to open the database", e);
            return openOnce(files, bigLock, schema, store);
        }
    }

    private static StoreDatabase openOnce(DatabaseFiles files, PosixLock bigLock, Schema schema, StoreDirectory store)
            throws DaemonException {
        StoreDatabase database = new StoreDatabase(files, bigLock, Connections.open(files.database()), schema, store);
        database.prepare();
        return database;
    }

    private static void reserve(DatabaseFiles files) {
        try {
            files.reserve();
        } catch (IOException e) {
            // On a full disk a store must still open, or nothing could be deleted from it.
            LOG.debug("No space could be set aside", e);
        }
    }

    private void prepare() throws DaemonException {
        boolean prepared = false;
        try {
            if (!connections.<Boolean>read(statements -> schema.isPresent(statements.connection()))) {
                connections.write(statements -> {
                    schema.create(statements.connection());
                    return null;
                });
            }
            prepared = true;
        } finally {
            if (!prepared) {
                connections.close();
            }
        }
    }

    /** Whether an item has a row. */
    public boolean isValid(StorePath path) throws DaemonException {
        return connections.readBriefly(statements -> rows.id(statements, path).isPresent());
    }

    /** The valid ones among {@code paths}. */
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        return connections.readBriefly(statements -> {
            SortedSet<StorePath> valid = new TreeSet<>();
            for (StorePath path : paths) {
                if (rows.id(statements, path).isPresent()) {
                    valid.add(path);
                }
            }
            return valid;
        });
    }

    /** What is known of an item; empty when it is not valid. */
    public Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        return connections.readBriefly(statements -> rows.info(statements, path));
    }

    /** The valid item with these 32 characters. */
    public Optional<StorePath> pathFromHashPart(String hashPart) throws DaemonException {
        return connections.read(statements -> rows.fromHashPart(statements, hashPart));
    }

    /** The valid items that refer to {@code path}, itself included where it does. */
    public SortedSet<StorePath> referrers(StorePath path) throws DaemonException {
        return connections.read(statements -> rows.referrers(statements, path));
    }

    /** The valid derivations with {@code path} among their outputs. */
    public SortedSet<StorePath> validDerivers(StorePath path) throws DaemonException {
        return connections.read(statements -> rows.validDerivers(statements, path));
    }

    /** The outputs of a valid derivation, built or not. */
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        return connections.read(statements -> {
            OptionalLong id = rows.id(statements, derivation);
            if (id.isEmpty()) {
                throw DaemonException.NotValid.typographic(derivation);
            }
            return rows.derivationOutputs(statements, id.getAsLong());
        });
    }

    /** The closure of valid items under references, referenced items first. */
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return requisites(paths, new KnownItems());
    }

    /**
     * The closure of valid items under references, referenced items first.
     *
     * @param known items that certainly are still valid, which are not read again; takes those that were read
     */
    public List<PathInfo> requisites(Collection<StorePath> paths, KnownItems known) throws DaemonException {
        return connections.read(statements -> new ClosureReader(rows, statements, known).read(paths));
    }

    /**
     * Reads all of the database's tables and indices, to see whether they are sound and agree with each other.
     *
     * @throws DaemonException.DatabaseUnusable when they do not
     */
    public void checkIntegrity() throws DaemonException {
        connections.read(statements -> {
            try (var statement = statements.connection().createStatement();
                    var found = statement.executeQuery("pragma integrity_check(1)")) {
                if (found.next() && !found.getString(1).equals("ok")) {
                    throw DatabaseErrors.damaged(files.database(), Optional.of(found.getString(1)), Optional.empty());
                }
            }
            return null;
        });
    }

    /** All valid items in ascending order. */
    public List<StorePath> allPaths() throws DaemonException {
        return connections.read(statements -> {
            List<StorePath> paths = new ArrayList<>();
            try (var statement = statements.connection().createStatement();
                    var found = statement.executeQuery("select path from ValidPaths order by path")) {
                while (found.next()) {
                    paths.add(rows.path(found.getString(1)));
                }
            }
            return paths;
        });
    }

    /** All valid items and references at one moment. */
    public StoreGraph graph() throws DaemonException {
        return connections.read(statements -> new GraphReader(rows).read(statements.connection()));
    }

    /**
     * All pairs of a valid derivation and an output it has, as numbers of {@code graph}; outputs that are not valid,
     * and what became valid since, are left out.
     *
     * @return derivation and output in turn
     */
    public int[] outputEdges(StoreGraph graph) throws DaemonException {
        return connections.read(statements -> OutputEdges.read(statements.connection(), graph));
    }

    /**
     * Makes items valid in one transaction, or none of them. Hash and size of an item that is valid already are
     * brought up to date.
     *
     * @param outputs of every derivation among {@code items}
     * @throws DaemonException.NotValid when a reference is neither valid nor among {@code items}
     * @throws DaemonException.Refused when items refer to each other in a circle
     */
    public void register(Collection<PathInfo> items, Map<StorePath, SortedMap<String, StorePath>> outputs)
            throws DaemonException {
        connections.write(statements -> {
            new Registration(statements, rows, schema).register(items, outputs);
            return null;
        });
    }

    /**
     * Adds to the signatures of an item.
     *
     * @throws DaemonException.Refused when this database keeps none
     */
    public void addSignatures(StorePath path, Collection<String> signatures) throws DaemonException {
        if (!schema.hasProvenance()) {
            throw new DaemonException.Refused("a store of Guix's kind keeps no signatures", Optional.empty());
        }
        connections.write(connection -> {
            new Registration(connection, rows, schema).addSignatures(path, signatures);
            return null;
        });
    }

    /**
     * Makes an item invalid.
     *
     * @return false, with nothing done, when other valid items refer to it
     */
    public boolean invalidate(StorePath path) throws DaemonException {
        return connections.write(statements -> delete(statements, path));
    }

    private static boolean delete(Statements statements, StorePath path) throws SQLException {
        try {
            PreparedStatement statement = statements.prepare("delete from ValidPaths where path = ?");
            statement.setString(1, path.toString());
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (DatabaseErrors.isConstraint(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Outputs whose build failed and is remembered as failed. */
    public SortedSet<StorePath> failed() throws DaemonException {
        return connections.read(statements -> new FailedRows(rows).all(statements));
    }

    /** Those of {@code outputs} whose build is remembered as failed. */
    public SortedSet<StorePath> failedAmong(Collection<StorePath> outputs) throws DaemonException {
        return connections.read(statements -> new FailedRows(rows).among(statements, outputs));
    }

    /** Remembers that the build of these outputs failed, now. */
    public void addFailed(Collection<StorePath> outputs) throws DaemonException {
        connections.write(statements -> {
            new FailedRows(rows).add(statements, outputs, Instant.now());
            return null;
        });
    }

    /** Forgets failures. @param outputs full names; an asterisk stands for all */
    public void clearFailed(Collection<String> outputs) throws DaemonException {
        connections.write(statements -> {
            new FailedRows(rows).clear(statements, outputs);
            return null;
        });
    }

    /** Gives up the space that is kept for collecting on a full disk; the next {@link #open} takes it again. */
    public void releaseReserve() throws DaemonException {
        try {
            files.release();
        } catch (IOException e) {
            throw DaemonException.of("releasing reserved space", e);
        }
    }

    @Override
    public void close() throws DaemonException {
        try (bigLock) {
            connections.close();
        }
    }
}
