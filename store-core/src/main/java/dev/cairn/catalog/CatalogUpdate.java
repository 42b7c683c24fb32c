// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionOrder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what channels offer into the catalog's file; the caller has begun a transaction. */
final class CatalogUpdate {
    private final CatalogDatabase database;

    CatalogUpdate(CatalogDatabase database) {
        this.database = database;
    }

    /** A package and the number of its row. */
    private record Stored(long id, CatalogPackage row) {}

    /** Forgets a channel and all its packages. */
    void remove(String channel) throws SQLException {
        Optional<Long> id = channelId(channel);
        if (id.isEmpty()) {
            return;
        }
        String ofChannel = " IN (SELECT id FROM package WHERE channel = ?)";
        delete("DELETE FROM prose WHERE rowid" + ofChannel, id.get());
        delete("DELETE FROM property WHERE package" + ofChannel, id.get());
        delete("DELETE FROM dependency WHERE target" + ofChannel, id.get());
        delete("DELETE FROM package WHERE channel = ?", id.get());
        delete("DELETE FROM problem WHERE channel = ?", id.get());
        delete("DELETE FROM channel WHERE id = ?", id.get());
    }

    /** Adds a channel that is not there, with what it offers. */
    void add(String channel, String fingerprint, ChannelContents contents) throws SQLException {
        PreparedStatement insert =
                database.statement("INSERT INTO channel (name, priority, position, fingerprint) VALUES (?, 0, 0, ?)");
        insert.setString(1, channel);
        insert.setString(2, fingerprint);
        insert.executeUpdate();
        long id = PackageRows.lastId(database);
        for (DefinitionProblem problem : contents.problems()) {
            addProblem(id, problem);
        }
        Map<String, List<Stored>> byName = new LinkedHashMap<>();
        List<CatalogPackage> sorted = new ArrayList<>(contents.packages());
        sorted.sort(Comparator.comparing(CatalogPackage::name));
        for (CatalogPackage row : sorted) {
            PackageRows.insert(database, id, row)
                    .ifPresent(number -> byName.computeIfAbsent(row.name(), _ -> new ArrayList<>())
                            .add(new Stored(number, row)));
        }
        for (List<Stored> versions : byName.values()) {
            versions.sort(Comparator.comparing((Stored stored) -> stored.row().version(), VersionOrder.INSTANCE)
                    .reversed());
            addProse(versions.getFirst());
        }
        addDependencies(byName);
    }

    /** Notes in which order and with which weight the channels count. */
    void rank(List<? extends CatalogSource> channels) throws SQLException {
        PreparedStatement update =
                database.statement("UPDATE channel SET position = ?, priority = ? WHERE name = ?");
        for (int i = 0; i < channels.size(); i++) {
            update.setInt(1, i);
            update.setInt(2, channels.get(i).priority());
            update.setString(3, channels.get(i).name());
            update.executeUpdate();
        }
    }

    /** Writes the lines that search works on anew, from the packages that are there. */
    void writeListing() throws SQLException {
        Listing.Builder listing = new Listing.Builder();
        Map<String, Candidate> best = new HashMap<>();
        PreparedStatement select = database.statement("SELECT package.id, package.name, version, channel.name, outputs,"
                + " synopsis, priority, position FROM package JOIN channel ON channel.id = package.channel");
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                SearchHit hit = new SearchHit(
                        new PackageKey(rows.getString(4), rows.getString(2), rows.getString(3)),
                        List.of(rows.getString(5).split("\n")),
                        rows.getString(6));
                Candidate candidate = new Candidate(rows.getLong(1), hit, rows.getInt(7), rows.getInt(8));
                best.merge(hit.key().name(), candidate, Candidate::better);
            }
        }
        best.values().forEach(candidate -> listing.add(candidate.id(), candidate.hit()));
        PreparedStatement replace = database.statement("INSERT OR REPLACE INTO listing VALUES (1, ?)");
        replace.setBytes(1, listing.build());
        replace.executeUpdate();
    }

    private record Candidate(long id, SearchHit hit, int priority, int position) {
        private static final Comparator<Candidate> ORDER = Comparator.comparingInt(Candidate::priority)
                .thenComparing(candidate -> candidate.hit().key().version(), VersionOrder.INSTANCE)
                .thenComparing(Comparator.comparingInt(Candidate::position).reversed());

        static Candidate better(Candidate a, Candidate b) {
            return ORDER.compare(a, b) >= 0 ? a : b;
        }
    }

    private Optional<Long> channelId(String channel) throws SQLException {
        PreparedStatement select = database.statement("SELECT id FROM channel WHERE name = ?");
        select.setString(1, channel);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    private void delete(String sql, long channel) throws SQLException {
        PreparedStatement delete = database.statement(sql);
        delete.setLong(1, channel);
        delete.executeUpdate();
    }

    private void addProblem(long channel, DefinitionProblem problem) throws SQLException {
        PreparedStatement insert = database.statement("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)");
        insert.setLong(1, channel);
        insert.setString(2, problem.file());
        insert.setInt(3, problem.line());
        insert.setInt(4, problem.column());
        insert.setString(5, problem.field());
        insert.setString(6, problem.found());
        insert.setString(7, problem.expected());
        insert.executeUpdate();
    }

    private void addProse(Stored stored) throws SQLException {
        PreparedStatement insert =
                database.statement("INSERT INTO prose (rowid, name, synopsis, description) VALUES (?, ?, ?, ?)");
        insert.setLong(1, stored.id());
        insert.setString(2, stored.row().name());
        insert.setString(3, stored.row().synopsis());
        insert.setString(4, stored.row().description());
        insert.executeUpdate();
    }

    /** Inputs mean packages of the same channel; one that does not exist there has been reported by the channel. */
    private void addDependencies(Map<String, List<Stored>> byName) throws SQLException {
        PreparedStatement insert = database.statement("INSERT OR IGNORE INTO dependency VALUES (?, ?)");
        for (List<Stored> versions : byName.values()) {
            for (Stored dependent : versions) {
                CatalogPackage row = dependent.row();
                for (List<Specification> kind : List.of(row.inputs(), row.nativeInputs(), row.propagatedInputs())) {
                    for (Specification input : kind) {
                        Optional<Stored> target = VersionOrder.choose(
                                input.version(),
                                byName.getOrDefault(input.name(), List.of()),
                                stored -> stored.row().version());
                        if (target.isPresent()) {
                            insert.setLong(1, target.get().id());
                            insert.setLong(2, dependent.id());
                            insert.executeUpdate();
                        }
                    }
                }
            }
        }
    }
}
