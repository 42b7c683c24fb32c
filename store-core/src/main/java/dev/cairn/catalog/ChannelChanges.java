// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings the rows of one channel up to date by what is different, touching no others. What {@link ChannelUpdate} would
 * make of all that the channel offers is the same. Nothing counts before {@link #finish}.
 */
final class ChannelChanges implements ChangesSink {
    private final CatalogDatabase database;
    private final long channel;
    private final NewestRows newest;
    private final Mentions.Changes inputs = new Mentions.Changes(Mentions.INPUT);
    private final Mentions.Changes provided = new Mentions.Changes(Mentions.PROVIDED);
    private final MessageDigest digest = PackageRows.newDigest();
    private final Set<String> names = new HashSet<>();
    private long nextId;

    ChannelChanges(CatalogDatabase database, Ranking.Channel channel) throws SQLException {
        this.database = database;
        this.channel = channel.id();
        this.newest = new NewestRows(database, channel.id(), channel.scheme(), false);
        this.nextId = PackageRows.nextId(database);
    }

    @Override
    public void add(CatalogPackage row) {
        PackageRows rows = PackageRows.of(row, digest);
        try {
            if (forget(row.key(), rows.digest())) {
                rows.insert(database, channel, nextId);
                inputs.add(Mentions.inputs(row), nextId);
                provided.add(Mentions.provided(row), nextId);
                nextId++;
            }
        } catch (SQLException e) {
            throw new ChannelUpdate.Failed(e);
        }
    }

    @Override
    public void remove(PackageKey key) {
        try {
            forget(key, new byte[0]);
        } catch (SQLException e) {
            throw new ChannelUpdate.Failed(e);
        }
    }

    /** Deletes a package, if it is there and has another digest. @return whether none is there then */
    private boolean forget(PackageKey key, byte[] unless) throws SQLException {
        PreparedStatement select =
                database.statement("SELECT id, digest FROM package WHERE name = ? AND version = ? AND channel = ?");
        select.setString(1, key.name());
        select.setString(2, key.version());
        select.setLong(3, channel);
        try (ResultSet stored = select.executeQuery()) {
            if (stored.next()) {
                if (Arrays.equals(stored.getBytes(2), unless)) {
                    return false;
                }
                delete(stored.getLong(1), key);
            }
        }
        names.add(key.name());
        return true;
    }

    private void delete(long id, PackageKey key) throws SQLException {
        PreparedStatement select = database.statement(PackageRows.BY_KEY);
        PackageRows.bind(select, key);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                throw CatalogDatabase.damaged("a package without its details");
            }
            CatalogPackage row = PackageRows.read(rows);
            inputs.remove(Mentions.inputs(row), id);
            provided.remove(Mentions.provided(row), id);
        }
        PackageRows.delete(database, id);
    }

    /** Brings up to date what is made of the rows. @return the names that may mean something else now */
    Set<String> finish() throws SQLException {
        newest.listAgain(names);
        inputs.write(database, channel);
        provided.write(database, channel);
        return Collections.unmodifiableSet(names);
    }
}
