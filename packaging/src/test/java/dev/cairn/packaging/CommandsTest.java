// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** One user's first day with the command line: each test goes on where the one before it stopped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsTest {
    private static final Pattern ITEM = Pattern.compile("/gnu/store/[0-9a-z]{32}-[a-zA-Z0-9+._?=-]+");

    private static Path home = Path.of("/");
    private static Launcher cairn = Launcher.in(home);

    @BeforeAll
    static void makeHome() {
        home = TemporaryHome.create();
        cairn = Launcher.in(home);
        assumeTrue(
                cairn.run("build", "hello@1.0").exit() == 0,
                "builds cannot be isolated here, or bubblewrap is missing");
    }

    @AfterAll
    static void deleteHome() throws IOException {
        TemporaryHome.delete(home);
    }

    @Test
    @Order(1)
    void searchFindsByNameFirst() {
        assertThat(cairn.run("search", "hello").lines().getFirst()).startsWith("hello");

        JsonNode hits = cairn.run("search", "--json", "hello").json();
        assertThat(hits.isArray()).isTrue();
        assertThat(hits.get(0).get("name").asString()).isEqualTo("hello");
        assertThat(hits.get(0).get("version").isString()).isTrue();
        assertThat(hits.get(0).get("outputs").get(0).asString()).isEqualTo("out");
        assertThat(hits.get(0).get("channel").asString()).isEqualTo("cairn");
    }

    @Test
    @Order(1)
    void searchWithoutResultSaysSoAndFails() {
        Launcher.Result result = cairn.run("search", "--json", "qqqqqqqqqq");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().size()).isZero();
        assertThat(result.err()).contains("qqqqqqqqqq");
    }

    @Test
    @Order(1)
    void showPrintsARecordOfEveryVersion() {
        assertThat(cairn.run("show", "hello").lines()).contains("name: hello", "version: 1.0", "version: 2.0");
        assertThat(cairn.run("show", "--json", "hello@1.0").json().get(0).get("version").asString())
                .isEqualTo("1.0");
    }

    @Test
    @Order(2)
    void dryRunChangesNothing() {
        Launcher.Result result = cairn.run("install", "--dry-run", "hello@1.0");

        assertThat(result.out()).contains("hello 1.0");
        assertThat(cairn.run("generations", "--json").json().size()).isZero();
    }

    @Test
    @Order(3)
    void installMakesAGenerationAndALauncher() {
        Launcher.Result result = cairn.run("install", "hello@1.0");

        assertThat(result.exit()).as(result.err()).isZero();
        JsonNode installed = cairn.run("list", "--json").json();
        assertThat(installed.size()).isEqualTo(1);
        assertThat(installed.get(0).get("name").asString()).isEqualTo("hello");
        assertThat(installed.get(0).get("version").asString()).isEqualTo("1.0");
        assertThat(installed.get(0).get("outputs").get(0).asString()).isEqualTo("out");
        assertThat(installed.get(0).get("channel").asString()).isEqualTo("cairn");
        assertThat(cairn.store().resolve("bin/hello")).isExecutable();
        assertThat(cairn.run("shellenv").out()).contains(cairn.store().resolve("bin").toString());
    }

    @Test
    @Order(4)
    void runPassesArgumentsInputAndExitCode() {
        assertThat(cairn.run("run", "hello").out()).startsWith("Hello");
        assertThat(cairn.run("run", "/bin/echo", "two  blanks", "--help").out()).isEqualTo("two  blanks --help\n");
        assertThat(cairn.runWithInput("in put\n", "run", "/bin/cat").out()).isEqualTo("in put\n");
        assertThat(cairn.run("run", "/bin/sh", "-c", "exit 7").exit()).isEqualTo(7);
        assertThat(cairn.run("run", "/bin/sh", "-c", "ls /gnu/store").out()).contains("hello-1.0");
        assertThat(cairn.run("run", "no-such-program").exit()).isEqualTo(127);
    }

    @Test
    @Order(5)
    void upgradeBringsTheNewestVersion() {
        assertThat(cairn.run("upgrade", "--json").json().get("generation").asInt()).isEqualTo(2);

        assertThat(cairn.run("list").out()).contains("hello\t2.");
        assertThat(cairn.run("generations").out())
                .containsPattern("Generation 2\t\\w{3} \\d\\d \\d{4} \\d\\d:\\d\\d:\\d\\d\t\\(current\\)");
    }

    @Test
    @Order(6)
    void generationsTellTheirParents() {
        JsonNode generations = cairn.run("generations", "--json").json();

        assertThat(generations.size()).isEqualTo(2);
        assertThat(generations.get(1).get("number").asInt()).isEqualTo(2);
        assertThat(generations.get(1).get("current").asBoolean()).isTrue();
        assertThat(generations.get(1).get("parent").asInt()).isEqualTo(1);
        assertThat(generations.get(1).get("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    @Order(7)
    void rollsBackToTheEmptyGenerationAndNoFurther() {
        assertThat(cairn.run("roll-back").out()).isEqualTo("switched from generation 2 to 1\n");
        assertThat(cairn.run("roll-back").out()).isEqualTo("switched from generation 1 to 0\n");
        assertThat(cairn.store().resolve("bin/hello")).doesNotExist();

        Launcher.Result result = cairn.run("roll-back");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("generation 0").contains("hint:");
        assertThat(cairn.run("switch-generation", "+2").out()).isEqualTo("switched from generation 0 to 2\n");
        assertThat(cairn.store().resolve("bin/hello")).isExecutable();
    }

    @Test
    @Order(8)
    void removeMakesAnotherGeneration() {
        assertThat(cairn.run("remove", "hello").exit()).isZero();

        assertThat(cairn.run("list").out()).isEmpty();
        assertThat(cairn.run("generations", "--json", "3").json().get(0).get("current").asBoolean())
                .isTrue();
    }

    @Test
    @Order(9)
    void currentGenerationIsNotDeleted() {
        Launcher.Result result = cairn.run("delete-generations", "3");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("current");
        assertThat(cairn.run("generations", "3").exit()).isZero();
    }

    @Test
    @Order(10)
    void buildPrintsOutputPaths() {
        List<String> paths = cairn.run("build", "hello").lines();

        assertThat(paths).isNotEmpty().allMatch(path -> ITEM.matcher(path).matches());
        assertThat(cairn.run("build", "--dry-run", "hello").out()).isEmpty();
        JsonNode built = cairn.run("build", "--json", "hello").json();
        assertThat(built.get(0).get("outputs").get("out").asString()).isIn(paths);
        assertThat(cairn.run("build", built.get(0).get("derivation").asString()).lines()).containsAll(paths);
    }

    @Test
    @Order(11)
    void graphDrawsPackagesAndItems() {
        assertThat(cairn.run("graph", "hello").out()).startsWith("digraph ").contains(" -> ").endsWith("}\n");
        JsonNode items = cairn.run("graph", "--json", "-t", "references", "hello:out").json();
        assertThat(items.get("nodes").size()).isGreaterThan(1);
        assertThat(items.get("edges").get(0).get("from").asString()).startsWith("/gnu/store/");
        assertThat(cairn.run("graph", "-t", "derivation", "hello").out()).contains(".drv\"");
        assertThat(cairn.run("graph", "--path", "hello", "shlib").lines().getFirst()).startsWith("hello@");
        assertThat(cairn.run("graph", "--path", "shlib", "hello").exit()).isEqualTo(1);
    }

    @Test
    @Order(12)
    void liveItemIsNotDeleted() {
        String item = cairn.run("build", "hello@1.0").lines().getFirst();

        Launcher.Result result = cairn.run("gc", "-D", item);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("still alive").contains("guix-profile");
        assertThat(cairn.run("gc", "--references", item).lines()).allMatch(line -> ITEM.matcher(line).matches());
        assertThat(cairn.run("gc", "-R", item).lines()).contains(item);
    }

    @Test
    @Order(13)
    void collectsWhatNothingNeeds() {
        String dead = cairn.run("build", "hello:doc").lines().getFirst();
        assertThat(cairn.run("gc", "--list-dead").lines()).contains(dead);
        assertThat(cairn.run("gc", "--list-live").lines()).doesNotContain(dead);
        assertThat(cairn.run("gc", "--dry-run").lines()).contains(dead);
        assertThat(cairn.run("gc", "-C", "0").exit()).isZero();

        JsonNode result = cairn.run("gc", "-d", "--json").json();

        List<String> deleted = new ArrayList<>();
        result.get("deleted").forEach(path -> deleted.add(path.asString()));
        assertThat(deleted).contains(dead);
        assertThat(result.get("bytes").asLong()).isPositive();
        assertThat(cairn.run("gc", "--list-dead").out()).isEmpty();
        assertThat(cairn.run("verify", "--contents").exit()).isZero();
    }
}
