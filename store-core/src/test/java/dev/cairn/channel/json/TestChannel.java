// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ChannelContents;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A channel that a test writes into a folder. */
record TestChannel(Path folder) {
    static TestChannel in(Path folder) throws IOException {
        TestChannel channel = new TestChannel(Files.createDirectories(folder));
        return channel.file("channel.json", "{\"format\": 1, \"name\": \"test\"}");
    }

    TestChannel file(String name, String contents) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, contents);
        return this;
    }

    TestChannel packages(String json) throws IOException {
        return file("packages/all.json", json);
    }

    /** The package files that are named: all of the build system {@code files} with one empty file. */
    static String simple(String name, String version, String more) {
        return """
                {"name": "%s", "version": "%s", "build-system": "files", "synopsis": "A test",
                 "arguments": {"files": {"out": {"share/%s": {"text": "%s"}}}}%s}"""
                .formatted(name, version, name, name, more.isEmpty() ? "" : ", " + more);
    }

    JsonChannel open() throws CairnException {
        return JsonChannel.open(folder);
    }

    ChannelContents read() throws CairnException {
        return open().read(EventSink.NONE);
    }

    List<String> labels() throws CairnException {
        return read().packages().stream().map(row -> row.key().label()).toList();
    }

    CatalogPackage only(String name) throws CairnException {
        return read().packages().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<String> problems() throws CairnException {
        return read().problems().stream().map(problem -> problem.message()).toList();
    }
}
