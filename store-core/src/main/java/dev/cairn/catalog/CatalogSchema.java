// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

/** The tables of the catalog's file. It is a cache: any change here takes a new {@link #VERSION}, and no migration. */
final class CatalogSchema {
    /** Kept as {@code user_version}; a file with another one is made again. */
    static final int VERSION = 3;

    /** Kept as {@code application_id}, the octets {@code Crnc}: a file without it is not a catalog. */
    static final int APPLICATION = 0x43726e63;

    /**
     * {@code package} has what lists of packages show, {@code detail} the rest of the same rows. Columns with several
     * texts have them joined by newlines, {@code properties} keys and values in turn with what is no printable
     * character written as {@link PackageRows} does. {@code digest} is the start of the SHA-256 of all of a row.
     * {@code on_request} is whether the name alone does not mean it.
     * {@code listed} has the numbers of rows that are the newest of their names in their channels.
     *
     * <p>{@code mention} tells which packages of a channel name another one among their inputs (kind 0) or provide it
     * (kind 1), as row numbers of 32 bits, big-endian and ascending. {@code prose} is a full-text index without
     * contents of its own over the rows of {@code listed}. It gathers 16 MiB before it writes
     * anything, which saves half of the work. {@code listing} has one row: the lines that search works on.
     */
    static final String TABLES = """
            CREATE TABLE channel (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              scheme TEXT NOT NULL,
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
              on_request INTEGER NOT NULL,
              digest BLOB NOT NULL);
            CREATE UNIQUE INDEX package_key ON package (name, version, channel);
            CREATE INDEX package_channel ON package (channel);
            CREATE TABLE detail (
              id INTEGER PRIMARY KEY,
              description TEXT NOT NULL,
              licenses TEXT NOT NULL,
              home_page TEXT,
              location TEXT,
              inputs TEXT NOT NULL,
              native_inputs TEXT NOT NULL,
              propagated_inputs TEXT NOT NULL,
              impure INTEGER NOT NULL,
              properties TEXT NOT NULL);
            CREATE TABLE listed (id INTEGER PRIMARY KEY);
            CREATE TABLE mention (
              kind INTEGER NOT NULL,
              name TEXT NOT NULL,
              channel INTEGER NOT NULL,
              packages BLOB NOT NULL,
              PRIMARY KEY (kind, name, channel)) WITHOUT ROWID;
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
            INSERT INTO prose (prose, rank) VALUES ('hashsize', 16777216);
            CREATE TABLE listing (id INTEGER PRIMARY KEY, lines BLOB NOT NULL);
            """;

    private CatalogSchema() {}
}
