// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.path.StorePath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/** Makes a set of items valid (formats, section 7.4). Runs inside the caller's transaction. */
final class Registration {
    private final Statements statements;
    private final PathRows rows;
    private final Schema schema;
    private final Map<StorePath, Long> ids = new HashMap<>();

    Registration(Statements statements, PathRows rows, Schema schema) {
        this.statements = statements;
        this.rows = rows;
        this.schema = schema;
    }

    /** @param outputs of every derivation among {@code items} */
    void register(Collection<PathInfo> items, Map<StorePath, SortedMap<String, StorePath>> outputs)
            throws SQLException, DaemonException {
        for (PathInfo item : items) {
            long id = set(item);
            ids.put(item.path(), id);
            if (schema.hasProvenance()) {
                setProvenance(id, item.provenance());
            }
            addOutputs(id, outputs.getOrDefault(item.path(), Collections.emptySortedMap()));
        }
        for (PathInfo item : items) {
            addReferences(item);
        }
        ReferenceOrder.check(items);
    }

    /** Adds signatures to those that an item has. */
    void addSignatures(StorePath path, Collection<String> signatures) throws SQLException, DaemonException {
        PathInfo info = rows.info(statements, path).orElseThrow(() -> new DaemonException.NotValid(path));
        Provenance before = info.provenance();
        TreeSet<String> all = new TreeSet<>(before.signatures());
        all.addAll(signatures);
        setProvenance(
                rows.id(statements, path).orElseThrow(),
                new Provenance(before.ultimate(), List.copyOf(all), before.contentAddress()));
    }

    /** @return the item's number */
    private long set(PathInfo item) throws SQLException {
        OptionalLong inserted = insert(item);
        if (inserted.isPresent()) {
            return inserted.getAsLong();
        }
        long id = rows.id(statements, item.path()).orElseThrow();
        update(id, item);
        return id;
    }

    private void update(long id, PathInfo item) throws SQLException {
        PreparedStatement statement = statements.prepare("update ValidPaths set narSize = ?, hash = ? where id = ?");
        setSize(statement, 1, item.narSize());
        statement.setString(2, item.narHash().toString());
        statement.setLong(3, id);
        statement.executeUpdate();
    }

    /** Adds a row; empty when there is one already. */
    private OptionalLong insert(PathInfo item) throws SQLException {
        PreparedStatement statement = statements.prepare(
                "insert into ValidPaths (path, hash, registrationTime, deriver, narSize) values (?, ?, ?, ?, ?)"
                        + " on conflict (path) do nothing returning id");
        statement.setString(1, item.path().toString());
        statement.setString(2, item.narHash().toString());
        statement.setLong(3, item.registered().getEpochSecond());
        Optional<StorePath> deriver = item.deriver();
        if (deriver.isPresent()) {
            statement.setString(4, deriver.get().toString());
        } else {
            statement.setNull(4, Types.VARCHAR);
        }
        setSize(statement, 5, item.narSize());
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private void setProvenance(long id, Provenance provenance) throws SQLException {
        PreparedStatement statement = statements.prepare(
                "update ValidPaths set ultimate = ?, sigs = ?, ca = ? where id = ?");
        if (provenance.ultimate()) {
            statement.setInt(1, 1);
        } else {
            statement.setNull(1, Types.INTEGER);
        }
        setText(statement, 2, String.join(" ", provenance.signatures()));
        setText(statement, 3, provenance.contentAddress().orElse(""));
        statement.setLong(4, id);
        statement.executeUpdate();
    }

    private static void setText(PreparedStatement statement, int index, String text) throws SQLException {
        if (text.isEmpty()) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }

    private static void setSize(PreparedStatement statement, int index, long size) throws SQLException {
        if (size == 0) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, size);
        }
    }

    private void addOutputs(long derivation, SortedMap<String, StorePath> outputs) throws SQLException {
        PreparedStatement statement = statements.prepare(
                "insert or replace into DerivationOutputs (drv, id, path) values (?, ?, ?)");
        for (Map.Entry<String, StorePath> output : outputs.entrySet()) {
            statement.setLong(1, derivation);
            statement.setString(2, output.getKey());
            statement.setString(3, output.getValue().toString());
            statement.executeUpdate();
        }
    }

    private void addReferences(PathInfo item) throws SQLException, DaemonException {
        long referrer = ids.get(item.path());
        PreparedStatement statement = statements.prepare(
                "insert or replace into Refs (referrer, reference) values (?, ?)");
        for (StorePath reference : item.references()) {
            statement.setLong(1, referrer);
            statement.setLong(2, validId(reference));
            statement.executeUpdate();
        }
    }

    private long validId(StorePath reference) throws SQLException, DaemonException {
        Long known = ids.get(reference);
        if (known != null) {
            return known;
        }
        long id = rows.id(statements, reference).orElseThrow(() -> DaemonException.NotValid.typographic(reference));
        ids.put(reference, id);
        return id;
    }
}
