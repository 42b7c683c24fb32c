// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.encoding.Base32;
import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * What a Guix Data Service answers, as files, to {@linkplain Rehearsal rehearse} with: a listing of packages, and a
 * later one that differs in little. Whoever serves them need not look at what follows a question mark.
 */
final class RehearsalListing {
    private static final int LISTED = 3000;
    private static final String COMMIT = "%040d";

    private final Path folder;

    RehearsalListing(Path folder) {
        this.folder = folder;
    }

    /** Writes all but which commit is the newest. */
    void write() throws IOException {
        write("repositories", "{\"repositories\": [{\"id\": 1, \"label\": \"guix\", \"url\": \"\"}]}");
        write("repository/1/branch/master", "{\"revisions\": []}");
        for (int commit = 1; commit <= 2; commit++) {
            StringJoiner packages = new StringJoiner(", ");
            StringJoiner outputs = new StringJoiner(", ");
            for (int i = 0; i < LISTED; i++) {
                String name = "listed-%05d".formatted(i);
                String version = i == 0 ? "1." + commit : "1.0";
                packages.add(listed(name, version));
                outputs.add(output(name, version, i % 10 == 0 ? commit : 0));
            }
            String of = COMMIT.formatted(commit);
            write("revision/" + of + "/packages", "{\"revision\": {\"commit\": \"%s\"}, \"packages\": [%s]}"
                    .formatted(of, packages));
            write("revision/" + of + "/package-derivation-outputs",
                    "{\"revision\": \"%s\", \"store_paths\": [%s]}".formatted(of, outputs));
        }
        write("compare/packages", "{\"base\": %s, \"target\": %s}".formatted(side(1), side(2)));
    }

    /** Has a commit, 1 or 2, be the newest. */
    void offer(int commit) throws IOException {
        write("repository/1/branch/master/latest-processed-revision",
                "{\"revision\": {\"commit\": \"%s\"}}".formatted(COMMIT.formatted(commit)));
    }

    private static String side(int commit) {
        return "{\"commit\": \"%s\", \"packages\": [{\"name\": \"listed-00000\", \"version\": \"1.%d\"}]}"
                .formatted(COMMIT.formatted(commit), commit);
    }

    private static String listed(String name, String version) {
        String prose = "Program for the rehearsal of " + name + ".  It is only listed,\nand never built.";
        return """
                {"name": "%1$s", "version": "%2$s", "synopsis": {"source": "Only %1$s", "html": "<p>Only</p>",
                 "plain": "Only %1$s", "locale": "en_US.UTF-8"},
                 "description": {"source": "%3$s", "html": "<p>%3$s</p>",
                 "plain": "%3$s", "locale": "en_US.UTF-8"}, "home-page": "https://example.org/%1$s",
                 "location": {"file": "gnu/packages/listed.scm", "line": "12", "column": "2"},
                 "licenses": [{"name": "GPL 3+", "uri": null, "comment": null}]}"""
                .formatted(name, version, prose.replace("\n", "\\n"));
    }

    private static String output(String name, String version, int build) {
        byte[] digest = Hash.sha256((name + build).getBytes(UTF_8)).octets();
        String path = "/gnu/store/" + Base32.encode(Arrays.copyOf(digest, 20)) + "-" + name + "-" + version;
        return "{\"package\": {\"name\": \"%s\", \"version\": \"%s\"}, \"path\": \"%s\"}"
                .formatted(name, version, path);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
