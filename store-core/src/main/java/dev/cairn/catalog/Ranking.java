// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.VersionScheme;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of several packages of one name comes first: that of the channel with the higher priority; where these are
 * equal, and the versions can be compared, the newer; else that of the channel that is named first.
 */
final class Ranking {
    private final Map<Long, Channel> channels = new HashMap<>();
    /** By priority and scheme, the first position of a channel that has both. */
    private final Map<Group, Integer> groups = new HashMap<>();

    private record Group(int priority, VersionScheme scheme) {}

    /** A channel of the catalog. @param id the number of its row */
    record Channel(long id, String name, VersionScheme scheme, int priority, int position) {}

    /** A version of a package. @param onRequest whether its name alone does not mean it */
    record Version(Channel channel, String text, boolean onRequest) {}

    private Ranking() {}

    static Ranking read(CatalogDatabase database) throws SQLException {
        Ranking ranking = new Ranking();
        try (ResultSet rows = database.statement("SELECT id, name, scheme, priority, position FROM channel")
                .executeQuery()) {
            while (rows.next()) {
                Channel channel = new Channel(
                        rows.getLong(1), rows.getString(2), VersionScheme.valueOf(rows.getString(3)), rows.getInt(4),
                        rows.getInt(5));
                ranking.channels.put(channel.id(), channel);
                ranking.groups.merge(
                        new Group(channel.priority(), channel.scheme()), channel.position(), Math::min);
            }
        }
        return ranking;
    }

    /** A channel by the number of its row. */
    Channel channel(long id) throws SQLException {
        Channel channel = channels.get(id);
        if (channel == null) {
            throw CatalogDatabase.damaged("a package of no channel");
        }
        return channel;
    }

    /** The channel of this name. */
    long id(String name) {
        return channels.values().stream()
                .filter(channel -> channel.name().equals(name))
                .mapToLong(Channel::id)
                .findFirst()
                .orElse(-1);
    }

    /** Negative where the first comes before the second. */
    int compare(Version one, Version other) {
        Channel mine = one.channel();
        Channel others = other.channel();
        int byPriority = Integer.compare(others.priority(), mine.priority());
        if (byPriority != 0) {
            return byPriority;
        }
        if (mine.scheme() != others.scheme()) {
            return Integer.compare(group(mine), group(others));
        }
        if (one.onRequest() != other.onRequest()) {
            return one.onRequest() ? 1 : -1;
        }
        int byVersion = mine.scheme().order().compare(other.text(), one.text());
        return byVersion != 0 ? byVersion : Integer.compare(mine.position(), others.position());
    }

    private int group(Channel channel) {
        return groups.get(new Group(channel.priority(), channel.scheme()));
    }
}
