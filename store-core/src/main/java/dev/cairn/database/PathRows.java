// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads rows about single items. All methods run inside the caller's transaction. */
final class PathRows {
    private final Path file;
    private final StoreDirectory store;
    private final String infoQuery;
    private final String numberedQuery;
    private final boolean withProvenance;

    PathRows(Path file, StoreDirectory store, Schema schema) {
        this.file = file;
        this.store = store;
        this.withProvenance = schema.hasProvenance();
        String columns =
                "path, hash, registrationTime, deriver, narSize" + (withProvenance ? ", ultimate, sigs, ca" : "");
        this.infoQuery = "select " + columns + " from ValidPaths where id = ?";
        // The numbers come as one text: fetching them row by row would take longer than reading the text.
        this.numberedQuery = "select " + columns
                + ", (select group_concat(reference, ' ') from Refs where referrer = ValidPaths.id)"
                + " from ValidPaths where id = ?";
    }

    OptionalLong id(Statements statements, StorePath path) throws SQLException {
        PreparedStatement query = statements.prepare("select id from ValidPaths where path = ?");
        query.setString(1, path.toString());
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    Optional<PathInfo> info(Statements statements, StorePath path) throws SQLException, DaemonException {
        OptionalLong id = id(statements, path);
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(info(statements, id.getAsLong(), references(statements, id.getAsLong())));
    }

    /** The item with a number that exists; its references were read before. */
    PathInfo info(Statements statements, long id, SortedSet<StorePath> references)
            throws SQLException, DaemonException {
        PreparedStatement query = statements.prepare(infoQuery);
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return info(row, references);
        }
    }

    private PathInfo info(ResultSet row, SortedSet<StorePath> references) throws SQLException, DaemonException {
        @Nullable String deriver = row.getString(4);
        return new PathInfo(
                path(row.getString(1)),
                hash(row.getString(2)),
                row.getLong(5),
                references,
                deriver == null ? Optional.empty() : Optional.of(path(deriver)),
                Instant.ofEpochSecond(row.getLong(3)),
                withProvenance ? provenance(row) : Provenance.NONE);
    }

    /**
     * An item whose references are only numbers.
     *
     * @param info has no references
     */
    record Numbered(PathInfo info, long[] references) {}

    /** The item with a number. */
    Numbered numbered(Statements statements, long id) throws SQLException, DaemonException {
        PreparedStatement query = statements.prepare(numberedQuery);
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw damaged("a reference to item number " + id + ", which does not exist");
            }
            @Nullable String references = row.getString(withProvenance ? 9 : 6);
            return new Numbered(
                    info(row, Collections.emptySortedSet()), references == null ? new long[0] : numbers(references));
        }
    }

    private static long[] numbers(String text) {
        long[] numbers = new long[1 + (int) text.chars().filter(c -> c == ' ').count()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                count++;
            } else {
                numbers[count] = 10 * numbers[count] + (c - '0');
            }
        }
        return numbers;
    }

    private static Provenance provenance(ResultSet row) throws SQLException {
        @Nullable String signatures = row.getString(7);
        return new Provenance(
                row.getLong(6) == 1,
                signatures == null || signatures.isEmpty() ? List.of() : List.of(signatures.split(" ")),
                Optional.ofNullable(row.getString(8)));
    }

    SortedSet<StorePath> references(Statements statements, long id) throws SQLException, DaemonException {
        return paths(
                statements,
                "select path from Refs join ValidPaths on reference = ValidPaths.id where referrer = ?",
                Long.toString(id));
    }

    SortedSet<StorePath> referrers(Statements statements, StorePath path) throws SQLException, DaemonException {
        return paths(
                statements,
                """
                select path from Refs join ValidPaths on referrer = ValidPaths.id
                where reference = (select id from ValidPaths where path = ?)""",
                path.toString());
    }

    SortedSet<StorePath> validDerivers(Statements statements, StorePath path) throws SQLException, DaemonException {
        return paths(
                statements,
                """
                select ValidPaths.path from DerivationOutputs join ValidPaths on drv = ValidPaths.id
                where DerivationOutputs.path = ?""",
                path.toString());
    }

    SortedMap<String, StorePath> derivationOutputs(Statements statements, long derivation)
            throws SQLException, DaemonException {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        PreparedStatement query = statements.prepare("select id, path from DerivationOutputs where drv = ?");
        query.setLong(1, derivation);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                outputs.put(rows.getString(1), path(rows.getString(2)));
            }
        }
        return outputs;
    }

    Optional<StorePath> fromHashPart(Statements statements, String hashPart) throws SQLException, DaemonException {
        String prefix = store.path() + "/" + hashPart;
        PreparedStatement query = statements.prepare(
                "select path from ValidPaths where path >= ? order by path limit 1");
        query.setString(1, prefix);
        try (ResultSet rows = query.executeQuery()) {
            boolean found = rows.next() && rows.getString(1).startsWith(prefix + "-");
            return found ? Optional.of(path(rows.getString(1))) : Optional.empty();
        }
    }

    private SortedSet<StorePath> paths(Statements statements, String sql, String parameter)
            throws SQLException, DaemonException {
        SortedSet<StorePath> paths = new TreeSet<>();
        PreparedStatement query = statements.prepare(sql);
        query.setString(1, parameter);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                paths.add(path(rows.getString(1)));
            }
        }
        return paths;
    }

    StorePath path(String text) throws DaemonException {
        try {
            return store.parse(text);
        } catch (FormatException e) {
            throw damaged(e.getMessage());
        }
    }

    private Hash hash(String text) throws DaemonException {
        try {
            return Hash.parse(text);
        } catch (FormatException e) {
            throw damaged(e.getMessage());
        }
    }

    /** @param what the thing in the database that cannot be */
    DaemonException damaged(String what) {
        return new DaemonException.DatabaseUnusable(
                file,
                "it holds something that cannot be: " + what,
                "Check that it belongs to the store '" + store + "'; if it does, restore a backup.",
                Optional.empty());
    }
}
