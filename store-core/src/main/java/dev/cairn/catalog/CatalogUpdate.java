// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what channels offer into the catalog's file; the caller has begun a transaction. */
final class CatalogUpdate {
    private static final String CANDIDATES = "SELECT package.id, package.name, version, package.channel,"
            + " outputs, synopsis, on_request FROM listed JOIN package ON package.id = listed.id";

    private final CatalogDatabase database;
    /** Whose lines may be other ones now, unless those of {@link #all} names may. */
    private final Set<String> touched = new HashSet<>();

    private boolean all;

    CatalogUpdate(CatalogDatabase database) {
        this.database = database;
    }

    /** Forgets a channel and all its packages. */
    void remove(String channel) throws SQLException {
        Optional<Long> id = channelId(channel);
        if (id.isEmpty()) {
            return;
        }
        all = true;
        String ofChannel = " IN (SELECT id FROM package WHERE channel = ?)";
        delete("DELETE FROM prose WHERE rowid IN (SELECT package.id FROM package JOIN listed ON listed.id = package.id"
                + " WHERE channel = ?)", id.get());
        delete("DELETE FROM listed WHERE id" + ofChannel, id.get());
        delete("DELETE FROM detail WHERE id" + ofChannel, id.get());
        delete("DELETE FROM package WHERE channel = ?", id.get());
        delete("DELETE FROM mention WHERE channel = ?", id.get());
        delete("DELETE FROM problem WHERE channel = ?", id.get());
        delete("DELETE FROM channel WHERE id = ?", id.get());
    }

    /**
     * Begins to bring a channel up to date, which need not be there yet.
     *
     * @param fingerprint that it will have then
     */
    ChannelUpdate update(CatalogSource channel, String fingerprint) throws SQLException {
        all = true;
        Optional<Long> present = channelId(channel.name());
        String scheme = channel.versionScheme().name();
        PreparedStatement write = database.statement(present.isPresent()
                ? "UPDATE channel SET scheme = ?, fingerprint = ? WHERE name = ?"
                : "INSERT INTO channel (scheme, fingerprint, name, priority, position) VALUES (?, ?, ?, 0, 0)");
        write.setString(1, scheme);
        write.setString(2, fingerprint);
        write.setString(3, channel.name());
        write.executeUpdate();
        long id = channelId(channel.name()).orElseThrow();
        return new ChannelUpdate(database, id, channel.versionScheme());
    }

    /**
     * Brings a channel up to date by what is different, if that can be told.
     *
     * @param since the fingerprint that it has here
     * @param until that which it will have then
     * @return whether it could; if not, something may have been written, and the caller undoes it
     */
    boolean change(CatalogSource channel, String since, String until) throws SQLException, CairnException {
        Ranking ranking = Ranking.read(database);
        Ranking.Channel present = ranking.channel(ranking.id(channel.name()));
        if (present.scheme() != channel.versionScheme() || hasProblem(present)) {
            return false;
        }
        ChannelChanges changes = new ChannelChanges(database, present);
        if (!channel.changes(since, until, changes)) {
            return false;
        }
        touched.addAll(changes.finish());
        setFingerprint(channel, until);
        return true;
    }

    /** What is wrong in a channel may be all that was read of it. */
    private boolean hasProblem(Ranking.Channel channel) throws SQLException {
        PreparedStatement select = database.statement("SELECT 1 FROM problem WHERE channel = ? LIMIT 1");
        select.setLong(1, channel.id());
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** Notes what a channel's rows were made of. */
    void setFingerprint(CatalogSource channel, String fingerprint) throws SQLException {
        PreparedStatement update = database.statement("UPDATE channel SET fingerprint = ? WHERE name = ?");
        update.setString(1, fingerprint);
        update.setString(2, channel.name());
        update.executeUpdate();
    }

    /** Notes in which order and with which weight the channels count. */
    void rank(List<? extends CatalogSource> channels) throws SQLException {
        PreparedStatement update = database.statement(
                "UPDATE channel SET position = ?1, priority = ?2"
                        + " WHERE name = ?3 AND (position <> ?1 OR priority <> ?2)");
        for (int i = 0; i < channels.size(); i++) {
            update.setInt(1, i);
            update.setInt(2, channels.get(i).priority());
            update.setString(3, channels.get(i).name());
            all |= update.executeUpdate() > 0;
        }
    }

    /** Brings the lines that search works on up to date with the packages that are there. */
    void writeListing() throws SQLException {
        Optional<byte[]> lines = all ? Optional.empty() : Listing.read(database);
        Listing.Builder fresh = new Listing.Builder();
        Ranking ranking = Ranking.read(database);
        if (lines.isEmpty()) {
            add(database.statement(CANDIDATES), ranking, fresh);
        } else {
            PreparedStatement select = database.statement(CANDIDATES + " WHERE package.name = ? ORDER BY package.id");
            for (String name : touched) {
                select.setString(1, name);
                add(select, ranking, fresh);
            }
        }
        PreparedStatement replace = database.statement("INSERT OR REPLACE INTO listing VALUES (1, ?)");
        replace.setBytes(1, lines.isEmpty() ? fresh.build() : Listing.replace(lines.get(), touched, fresh));
        replace.executeUpdate();
    }

    /** Adds a line for each name. */
    private static void add(PreparedStatement select, Ranking ranking, Listing.Builder listing) throws SQLException {
        Map<String, Candidate> best = new LinkedHashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Ranking.Channel channel = ranking.channel(rows.getLong(4));
                SearchHit hit = new SearchHit(
                        new PackageKey(channel.name(), rows.getString(2), rows.getString(3)),
                        List.of(rows.getString(5).split("\n")),
                        rows.getString(6));
                Ranking.Version version = new Ranking.Version(channel, hit.key().version(), rows.getBoolean(7));
                Candidate candidate = new Candidate(rows.getLong(1), hit, version);
                best.merge(
                        hit.key().name(), candidate, (a, b) -> ranking.compare(a.version(), b.version()) <= 0 ? a : b);
            }
        }
        best.values().forEach(candidate -> listing.add(candidate.id(), candidate.hit()));
    }

    private record Candidate(long id, SearchHit hit, Ranking.Version version) {}

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
}
