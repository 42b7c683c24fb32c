// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Which packages name another one among their inputs. In channels of definitions an input means the version that fits
 * best in the same channel; in archives of Debian it means every version of the name in all of them.
 */
final class Dependents {
    private final CatalogDatabase database;

    Dependents(CatalogDatabase database) {
        this.database = database;
    }

    List<PackageKey> of(PackageKey key) throws SQLException {
        Ranking ranking = Ranking.read(database);
        long id = ranking.id(key.channel());
        if (id < 0) {
            return List.of();
        }
        VersionScheme scheme = ranking.channel(id).scheme();
        List<String> versions = scheme == VersionScheme.PLAIN ? versions(key.name(), id, scheme) : List.of();
        List<PackageKey> dependents = new ArrayList<>();
        for (Map.Entry<Long, int[]> mention : Mentions.find(database, Mentions.INPUT, key.name()).entrySet()) {
            boolean concerned =
                    switch (scheme) {
                        case PLAIN -> mention.getKey() == id;
                        case DEBIAN -> ranking.channel(mention.getKey()).scheme() == scheme;
                    };
            if (concerned) {
                addAll(mention.getValue(), ranking, key, versions, dependents);
            }
        }
        dependents.sort(Comparator.comparing(PackageKey::name)
                .thenComparing(PackageKey::version, scheme.order().reversed()));
        return dependents;
    }

    /** @param versions those that an input may mean, newest first; none where it means all of them */
    private void addAll(
            int[] ids, Ranking ranking, PackageKey key, List<String> versions, List<PackageKey> dependents)
            throws SQLException {
        StringJoiner numbers = new StringJoiner(",", "[", "]");
        for (int id : ids) {
            numbers.add(Integer.toString(id));
        }
        PreparedStatement select = database.statement(versions.isEmpty()
                ? "SELECT channel, name, version FROM package WHERE id IN (SELECT value FROM json_each(?))"
                : "SELECT channel, name, version, inputs, native_inputs, propagated_inputs"
                        + " FROM package JOIN detail ON detail.id = package.id"
                        + " WHERE package.id IN (SELECT value FROM json_each(?))");
        select.setString(1, numbers.toString());
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (versions.isEmpty() || means(rows, key, versions)) {
                    dependents.add(new PackageKey(
                            ranking.channel(rows.getLong(1)).name(), rows.getString(2), rows.getString(3)));
                }
            }
        }
    }

    private static boolean means(ResultSet row, PackageKey key, List<String> versions) throws SQLException {
        for (int column = 4; column <= 6; column++) {
            for (Specification input : PackageRows.specifications(row.getString(column))) {
                if (input.name().equals(key.name())
                        && VersionScheme.PLAIN
                                .choose(input.version(), versions, version -> version)
                                .filter(key.version()::equals)
                                .isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<String> versions(String name, long channel, VersionScheme scheme) throws SQLException {
        PreparedStatement select = database.statement("SELECT version FROM package WHERE name = ? AND channel = ?");
        select.setString(1, name);
        select.setLong(2, channel);
        List<String> versions = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        }
        versions.sort(scheme.order().reversed());
        return versions;
    }
}
