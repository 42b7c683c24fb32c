// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

/** The tables of the catalog's file. It is a cache: any change here takes a new {@link #VERSION}, and no migration. */
final class CatalogSchema {
    /** Kept as {@code user_version}; a file with another one is made again. */
    static final int VERSION = 1;

    /** Kept as {@code application_id}, the octets {@code Crnc}: a file without it is not a catalog. */
    static final int APPLICATION = 0x43726e63;

    /**
     * {@code package.outputs}, {@code licenses} and the inputs are lists joined by newlines. {@code dependency} joins
     * rows of {@code package}. {@code prose} is a full-text index without contents of its own; its row numbers are
     * those of {@code package}, newest versions only. {@code listing} has one row: the lines that search works on.
     */
    static final String TABLES = """
            CREATE TABLE channel (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              priority INTEGER NOT NULL,
              position INTEGER NOT NULL,
              fingerprint TEXT NOT NULL);
            CREATE TABLE package (
              id INTEGER PRIMARY KEY,
              channel INTEGER NOT NULL,
              name TEXT NOT NULL,
              version TEXT NOT NULL,
              outputs TEXT NOT NULL,
              synopsis TEXT NOT NULL,
              description TEXT NOT NULL,
              licenses TEXT NOT NULL,
              home_page TEXT,
              location TEXT,
              inputs TEXT NOT NULL,
              native_inputs TEXT NOT NULL,
              propagated_inputs TEXT NOT NULL,
              impure INTEGER NOT NULL);
            CREATE UNIQUE INDEX package_key ON package (name, version, channel);
            CREATE INDEX package_channel ON package (channel);
            CREATE TABLE property (
              package INTEGER NOT NULL,
              key TEXT NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (package, key)) WITHOUT ROWID;
            CREATE TABLE dependency (
              target INTEGER NOT NULL,
              dependent INTEGER NOT NULL,
              PRIMARY KEY (target, dependent)) WITHOUT ROWID;
            CREATE TABLE problem (
              channel INTEGER NOT NULL,
              file TEXT NOT NULL,
              line INTEGER NOT NULL,
              col INTEGER NOT NULL,
              field TEXT NOT NULL,
              found TEXT NOT NULL,
              expected TEXT NOT NULL);
            CREATE VIRTUAL TABLE prose USING fts5 (
              name, synopsis, description,
              content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3',
              tokenize = "unicode61 remove_diacritics 2");
            CREATE TABLE listing (id INTEGER PRIMARY KEY, lines BLOB NOT NULL);
            """;

    private CatalogSchema() {}
}
