// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.FormatException;
import dev.cairn.packages.Specification;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packages as rows of the table {@code package} and back. */
final class PackageRows {
    private static final String COLUMNS = "channel.name, package.name, version, outputs, synopsis, description,"
            + " licenses, home_page, location, inputs, native_inputs, propagated_inputs, impure, package.id";

    /** All versions of a name, with the number of its channel's priority as last column. */
    static final String BY_NAME = "SELECT " + COLUMNS + ", channel.priority FROM package"
            + " JOIN channel ON channel.id = package.channel WHERE package.name = ?"
            + " ORDER BY channel.priority DESC, channel.position";

    static final String BY_KEY = "SELECT " + COLUMNS + " FROM package JOIN channel ON channel.id = package.channel"
            + " WHERE package.name = ? AND version = ? AND channel.name = ?";

    private static final String INSERT = "INSERT OR IGNORE INTO package (name, version, outputs, synopsis, description,"
            + " licenses, home_page, location, inputs, native_inputs, propagated_inputs, impure, channel)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private PackageRows() {}

    static CatalogPackage read(CatalogDatabase database, ResultSet row) throws SQLException {
        return new CatalogPackage(
                new PackageKey(row.getString(1), row.getString(2), row.getString(3)),
                split(row.getString(4)),
                row.getString(5),
                row.getString(6),
                split(row.getString(7)),
                Optional.ofNullable(row.getString(8)),
                Optional.ofNullable(row.getString(9)),
                specifications(row.getString(10)),
                specifications(row.getString(11)),
                specifications(row.getString(12)),
                row.getBoolean(13),
                properties(database, row.getLong(14)));
    }

    private static SortedMap<String, String> properties(CatalogDatabase database, long id) throws SQLException {
        SortedMap<String, String> properties = new TreeMap<>();
        PreparedStatement select = database.statement("SELECT key, value FROM property WHERE package = ?");
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                properties.put(rows.getString(1), rows.getString(2));
            }
        }
        return properties;
    }

    /** @return the row's number; empty when there is such a package already */
    static Optional<Long> insert(CatalogDatabase database, long channel, CatalogPackage row) throws SQLException {
        PreparedStatement insert = database.statement(INSERT);
        insert.setString(1, row.name());
        insert.setString(2, row.version());
        insert.setString(3, String.join("\n", row.outputs()));
        insert.setString(4, row.synopsis());
        insert.setString(5, row.description());
        insert.setString(6, String.join("\n", row.licenses()));
        setOptional(insert, 7, row.homePage());
        setOptional(insert, 8, row.location());
        insert.setString(9, join(row.inputs()));
        insert.setString(10, join(row.nativeInputs()));
        insert.setString(11, join(row.propagatedInputs()));
        insert.setBoolean(12, row.impure());
        insert.setLong(13, channel);
        if (insert.executeUpdate() == 0) {
            return Optional.empty();
        }
        long id = lastId(database);
        for (var property : row.properties().entrySet()) {
            PreparedStatement add = database.statement("INSERT INTO property VALUES (?, ?, ?)");
            add.setLong(1, id);
            add.setString(2, property.getKey());
            add.setString(3, property.getValue());
            add.executeUpdate();
        }
        return Optional.of(id);
    }

    static long lastId(CatalogDatabase database) throws SQLException {
        try (ResultSet row = database.statement("SELECT last_insert_rowid()").executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void setOptional(PreparedStatement statement, int index, Optional<String> value)
            throws SQLException {
        if (value.isPresent()) {
            statement.setString(index, value.get());
        } else {
            statement.setNull(index, Types.VARCHAR);
        }
    }

    private static String join(List<Specification> specifications) {
        return String.join("\n", specifications.stream().map(Specification::toString).toList());
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    private static List<Specification> specifications(String text) throws SQLException {
        List<Specification> specifications = new ArrayList<>();
        for (String part : split(text)) {
            try {
                specifications.add(Specification.parse(part));
            } catch (FormatException e) {
                throw new SQLException("a damaged row: " + e.getMessage(), e);
            }
        }
        return specifications;
    }
}
