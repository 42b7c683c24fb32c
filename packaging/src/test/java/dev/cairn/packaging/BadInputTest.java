// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each mistake gets a message to act on, an exit code, and changes nothing. */
class BadInputTest extends HomeTest {
    private void fails(int exit, String message, String... arguments) {
        Launcher.Result result = cairn.run(arguments);
        assertThat(result.err()).contains("cairn: error: ").contains(message).doesNotContain("\tat ");
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
        assertThat(cairn.store().resolve("var/guix/profiles/per-user/tester/guix-profile")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-command", "list --no-such-option", "install", "switch-generation",
        "gc --list-dead -D x", "hash -f octal pom.xml", "hash -H md17 pom.xml", "gc -C many", "graph -t circle hello", "generations 5..2",
        "install hello@", "search -n 0 x"})
    void wrongUsageIsTwo(String line) {
        fails(2, "", line.split(" "));
    }

    @Test
    void unknownPackageNamesTheNearest() {
        fails(1, "helo", "install", "helo");
        assertThat(cairn.run("install", "helo").err()).contains("Did you mean").contains("hello");
    }

    @Test
    void unknownVersion() {
        fails(1, "99", "install", "hello@99");
    }

    @Test
    void unknownOutput() {
        fails(1, "nowhere", "install", "hello:nowhere");
    }

    @Test
    void itemThatIsNone() {
        fails(1, "/etc/passwd", "gc", "--references", "/etc/passwd");
    }

    @Test
    void unreadableFile() {
        fails(1, "there is no such file", "hash", "no-such-file");
        fails(1, "is a directory", "hash", ".");
    }

    @Test
    void rollingBackWithNothingInstalled() {
        fails(1, "guix-profile", "roll-back");
    }

    @Test
    void ambiguousSpecificationListsTheCandidates() throws IOException {
        JsonNode hello = cairn.run("show", "--json", "hello").json().get(0);
        channel("other", """
                [{"name": "hello", "version": "%s", "build-system": "files", "synopsis": "Another one",
                  "description": "Another one.", "license": "MIT",
                  "arguments": {"files": {"out": {"share/hello": {"text": "hello"}}}}}]
                """.formatted(hello.get("version").asString()));
        channels("other");
        assertThat(cairn.run("channel", "priority", "other", "10").exit()).isZero();

        fails(1, "other", "install", "hello");
        fails(1, "cairn", "install", "hello");
    }

    @Test
    void malformedChannelFileIsReportedAndTheRestStaysUsable() throws IOException {
        channel("broken", "[{\"name\": \"broken\",\n \"version\": 7}");
        channels("broken");

        Launcher.Result search = cairn.run("search", "hello");
        assertThat(search.exit()).isZero();
        assertThat(search.err()).contains("cairn: warning: broken: packages/some.json:2:");
        fails(1, "packages/some.json:2:", "install", "broken");
    }

    @Test
    void channelThatIsNoneIsReportedAndTheRestStaysUsable() throws IOException {
        channels("nowhere");

        Launcher.Result search = cairn.run("search", "hello");
        assertThat(search.exit()).isZero();
        assertThat(search.err()).contains("warning: " + home.resolve("nowhere") + ": channel.json: found no such file");
    }

    @Test
    void upgradeTellsOfAPackageThatLeftItsChannel() throws IOException {
        channel("brief", """
                {"name": "brief", "version": "1", "build-system": "files", "synopsis": "Soon gone",
                 "arguments": {"files": {"out": {"share/brief": {"text": "x"}}}}}
                """);
        channels("brief");
        assertThat(cairn.run("install", "brief").exit()).isZero();
        channel("brief", "[]");

        Launcher.Result upgrade = cairn.run("upgrade");
        assertThat(upgrade.exit()).isZero();
        assertThat(upgrade.err()).contains("'brief@1' is in no channel");
    }

    @Test
    void channelListThatIsNotJson() throws IOException {
        Files.createDirectories(home.resolve(".config/cairn"));
        Files.writeString(home.resolve(".config/cairn/channels.json"), "{\n\"format\": oops}");

        fails(1, "line 2", "search", "hello");
    }

    @Test
    void unreadableDatabase() throws IOException {
        Path database = cairn.store().resolve("var/guix/db/db.sqlite");
        Files.createDirectories(database.getParent());
        Files.writeString(database, "this is no database, and long enough to be sure of that".repeat(100));
        Files.writeString(database.resolveSibling("schema"), "7");

        fails(1, "db.sqlite", "verify");
        assertThat(Files.readString(database)).startsWith("this is no database");
    }

    @Test
    void newerDatabase() throws IOException {
        Path schema = cairn.store().resolve("var/guix/db/schema");
        Files.createDirectories(schema.getParent());
        Files.writeString(schema, "99");

        fails(1, "99", "verify");
    }

    @Test
    void launchersThatCannotBeWrittenAreToldAfterWhatWasDone() throws IOException {
        Files.createDirectories(cairn.store());
        Files.writeString(cairn.store().resolve("bin"), "in the way");

        Launcher.Result install = cairn.run("install", "hello");
        assertThat(install.exit()).isEqualTo(1);
        assertThat(install.out()).contains("Generation 1 is now current.");
        assertThat(install.err()).contains("the launchers in").doesNotContain("\tat ");
    }

    @Test
    void storeThatCannotBeMade() {
        Launcher.Result result = cairn.run("--store-root", "/proc/nonexistent", "install", "hello");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("/proc/nonexistent").doesNotContain("\tat ");
    }

    private void channel(String name, String packages) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name).resolve("packages")).getParent();
        Files.writeString(folder.resolve("channel.json"), "{\"format\": 1, \"name\": \"" + name + "\"}");
        Files.writeString(folder.resolve("packages/some.json"), packages);
    }

    private void channels(String name) throws IOException {
        Path file = home.resolve(".config/cairn/channels.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"format\": 1, \"channels\": [\"" + home.resolve(name) + "\"]}");
    }
}
