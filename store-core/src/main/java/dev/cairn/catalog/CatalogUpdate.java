// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** Forgets a channel and all its packages. */
    void remove(String channel) throws SQLException {
        Optional<Long> id = channelId(channel);
        if (id.isEmpty()) {
            return;
        }
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
        Ranking ranking = Ranking.read(database);
        Listing.Builder listing = new Listing.Builder();
        Map<String, Candidate> best = new LinkedHashMap<>();
        PreparedStatement select = database.statement("SELECT package.id, package.name, version, package.channel,"
                + " outputs, synopsis, on_request FROM listed JOIN package ON package.id = listed.id");
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Ranking.Channel channel = ranking.channel(rows.getLong(4));
                SearchHit hit = new SearchHit(
                        new PackageKey(channel.name(), rows.getString(2), rows.getString(3)),
                        List.of(rows.getString(5).split("\n")),
                        rows.getString(6));
                Ranking.Version version = new Ranking.Version(channel, hit.key().version(), rows.getBoolean(7));
                Candidate candidate = new Candidate(rows.getLong(1), hit, version);
                best.merge(hit.key().name(), candidate, (a, b) -> ranking.compare(a.version(), b.version()) <= 0 ? a : b);
            }
        }
        best.values().forEach(candidate -> listing.add(candidate.id(), candidate.hit()));
        PreparedStatement replace = database.statement("INSERT OR REPLACE INTO listing VALUES (1, ?)");
        replace.setBytes(1, listing.build());
        replace.executeUpdate();
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
