// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.FormatException;
import dev.cairn.packages.Specification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A package as rows of the tables {@code package} and {@code detail}, and back.
 *
 * @param digest of all of it
 */
record PackageRows(
        CatalogPackage row,
        String outputs,
        String licenses,
        String inputs,
        String nativeInputs,
        String propagatedInputs,
        String properties,
        byte[] digest) {
    private static final int DIGEST_LENGTH = 16;

    private static final String COLUMNS = "channel.name, package.name, version, outputs, synopsis, description,"
            + " licenses, home_page, location, inputs, native_inputs, propagated_inputs, impure, properties";

    private static final String TABLES =
            " FROM package JOIN detail ON detail.id = package.id JOIN channel ON channel.id = package.channel";

    /** All versions of a name, with the number of their channels as last column. */
    static final String BY_NAME = "SELECT " + COLUMNS + ", channel.id" + TABLES
            + " WHERE package.name = ? ORDER BY channel.priority DESC, channel.position";

    static final String BY_KEY =
            "SELECT " + COLUMNS + TABLES + " WHERE package.name = ? AND version = ? AND channel.name = ?";

    private static final String INSERT = "INSERT OR IGNORE INTO package"
            + " (id, channel, name, version, outputs, synopsis, on_request, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String INSERT_DETAIL = "INSERT INTO detail (id, description, licenses, home_page, location,"
            + " inputs, native_inputs, propagated_inputs, impure, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** @param digest from {@link #newDigest}; used by one thread, again and again */
    static PackageRows of(CatalogPackage row, MessageDigest digest) {
        String outputs = String.join("\n", row.outputs());
        String licenses = String.join("\n", row.licenses());
        String inputs = join(row.inputs());
        String nativeInputs = join(row.nativeInputs());
        String propagatedInputs = join(row.propagatedInputs());
        String properties = write(row.properties());
        for (String text : new String[] {
            outputs, row.synopsis(), row.description(), licenses, row.homePage().orElse("\0"),
            row.location().orElse("\0"), inputs, nativeInputs, propagatedInputs, row.impure() ? "impure" : "",
            properties
        }) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0xff);
        }
        return new PackageRows(
                row, outputs, licenses, inputs, nativeInputs, propagatedInputs, properties,
                Arrays.copyOf(digest.digest(), DIGEST_LENGTH));
    }

    /** A number for a row that no row has, and none that is greater has. */
    static long nextId(CatalogDatabase database) throws SQLException {
        return database.number("SELECT coalesce(max(id), 0) + 1 FROM package");
    }

    /** Deletes a row from all tables. */
    static void delete(CatalogDatabase database, long id) throws SQLException {
        for (String table : new String[] {"package", "detail"}) {
            PreparedStatement delete = database.statement("DELETE FROM " + table + " WHERE id = ?");
            delete.setLong(1, id);
            delete.executeUpdate();
        }
        NewestRows.unlist(database, id);
    }

    /** Sets what {@link #BY_KEY} asks for. */
    static void bind(PreparedStatement select, PackageKey key) throws SQLException {
        select.setString(1, key.name());
        select.setString(2, key.version());
        select.setString(3, key.channel());
    }

    /** @return whether it was put in; not so when there is such a package already */
    boolean insert(CatalogDatabase database, long channel, long id) throws SQLException {
        PreparedStatement insert = database.statement(INSERT);
        insert.setLong(1, id);
        insert.setLong(2, channel);
        insert.setString(3, row.name());
        insert.setString(4, row.version());
        insert.setString(5, outputs);
        insert.setString(6, row.synopsis());
        insert.setBoolean(7, row.onRequest());
        insert.setBytes(8, digest);
        if (insert.executeUpdate() == 0) {
            return false;
        }
        PreparedStatement detail = database.statement(INSERT_DETAIL);
        detail.setLong(1, id);
        detail.setString(2, row.description());
        detail.setString(3, licenses);
        setOptional(detail, 4, row.homePage());
        setOptional(detail, 5, row.location());
        detail.setString(6, inputs);
        detail.setString(7, nativeInputs);
        detail.setString(8, propagatedInputs);
        detail.setBoolean(9, row.impure());
        detail.setString(10, properties);
        detail.executeUpdate();
        return true;
    }

    static CatalogPackage read(ResultSet row) throws SQLException {
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
                properties(row.getString(14)));
    }

    /** A digest for {@link #of}. */
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
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

    /** Keys and values in turn, a line each; newlines and backslashes in them stand behind a backslash. */
    private static String write(Map<String, String> properties) {
        StringJoiner lines = new StringJoiner("\n");
        properties.forEach((key, value) -> lines.add(escape(key)).add(escape(value)));
        return lines.toString();
    }

    private static String escape(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\\') < 0
                ? text
                : text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static SortedMap<String, String> properties(String text) throws SQLException {
        SortedMap<String, String> properties = new TreeMap<>();
        if (!text.isEmpty()) {
            String[] lines = text.split("\n", -1);
            if (lines.length % 2 != 0) {
                throw new SQLException("a damaged row: a property without a value");
            }
            for (int i = 0; i < lines.length; i += 2) {
                properties.put(unescape(lines[i]), unescape(lines[i + 1]));
            }
        }
        return properties;
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i) == 'n' ? '\n' : text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static String join(List<Specification> specifications) {
        StringJoiner lines = new StringJoiner("\n");
        specifications.forEach(specification -> lines.add(specification.toString()));
        return lines.toString();
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    /** Specifications as {@link #insert} wrote them. */
    static List<Specification> specifications(String text) throws SQLException {
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
