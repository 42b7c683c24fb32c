// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.layout.Places;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tables of the store database: those of Guix's daemon (formats, section 7.2), or Nix's, which has the same and
 * three columns more.
 */
enum Schema {
    GUIX(Places.GUIX_SCHEMA, ""),
    NIX(Places.NIX_SCHEMA, ", ultimate integer, sigs text, ca text");

    private static final String VALID_PATHS =
            """
            create table if not exists ValidPaths (
                id               integer primary key autoincrement not null,
                path             text unique not null,
                hash             text not null,
                registrationTime integer not null,
                deriver          text,
                narSize          integer%s
            )""";

    private static final String[] OTHERS = {
        """
        create table if not exists Refs (
            referrer  integer not null,
            reference integer not null,
            primary key (referrer, reference),
            foreign key (referrer) references ValidPaths(id) on delete cascade,
            foreign key (reference) references ValidPaths(id) on delete restrict
        )""",
        "create index if not exists IndexReferrer on Refs(referrer)",
        "create index if not exists IndexReference on Refs(reference)",
        """
        create trigger if not exists DeleteSelfRefs before delete on ValidPaths
        begin
            delete from Refs where referrer = old.id and reference = old.id;
        end""",
        """
        create table if not exists DerivationOutputs (
            drv  integer not null,
            id   text not null,
            path text not null,
            primary key (drv, id),
            foreign key (drv) references ValidPaths(id) on delete cascade
        )""",
        "create index if not exists IndexDerivationOutputs on DerivationOutputs(path)",
        """
        create table if not exists FailedPaths (
            path text primary key not null,
            time integer not null
        )""",
    };

    private final int version;
    private final String furtherColumns;

    Schema(int version, String furtherColumns) {
        this.version = version;
        this.furtherColumns = furtherColumns;
    }

    /** The schema with a version, if it is known. */
    static Optional<Schema> of(int version) {
        return Arrays.stream(values()).filter(schema -> schema.version == version).findFirst();
    }

    /** Whether rows tell why items may be trusted. */
    boolean hasProvenance() {
        return this == NIX;
    }

    /** Whether all tables are there; fails when they have other columns than they should. */
    boolean isPresent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var tables = statement.executeQuery("select count(*) from sqlite_master where type = 'table' and name"
                        + " in ('ValidPaths', 'Refs', 'DerivationOutputs', 'FailedPaths')")) {
            tables.next();
            if (tables.getInt(1) < 4) {
                return false;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select id, path, hash, registrationTime, deriver, narSize"
                            + (hasProvenance() ? ", ultimate, sigs, ca" : "") + " from ValidPaths limit 0")
                    .close();
            statement.executeQuery("select referrer, reference from Refs limit 0").close();
            statement.executeQuery("select drv, id, path from DerivationOutputs limit 0").close();
        }
        return true;
    }

    /** Makes what is missing. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(VALID_PATHS.formatted(furtherColumns));
            for (String sql : OTHERS) {
                statement.executeUpdate(sql);
            }
        }
    }
}
