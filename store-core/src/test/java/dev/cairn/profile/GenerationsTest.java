// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GenerationsTest {
    @TempDir
    Path root;

    private Profile profile;

    @BeforeEach
    void makeFolder() throws IOException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
        profile = Profile.ofUser(layout, Map.of("USER", "alice"));
        Files.createDirectories(profile.link().getParent());
    }

    /**
     * The state tables of Guix, as far as they are Cairn's too. Cairn differs where Guix would lose something or guess:
     * leftovers like {@code guix-profile-7-link.new} are no generations, the current generation is not deleted, and
     * rolling back from generation 0 is an error.
     */
    @Test
    void switchesRollsBackAndDeletesAsGuixDoes() throws Exception {
        int checked = 0;
        for (JsonNode golden : Golden.json("profile/generations.json").get("cases")) {
            String[] operation = golden.get("op").asString().split(" ");
            if (!golden.has("generations") || !golden.has("current") || golden.has("results")) {
                continue;
            }
            arrange(golden);
            int current = golden.path("current").asInt(0);
            if (operation[0].equals("switch") && golden.has("error")) {
                assertThatThrownBy(() -> change(locked -> locked.switchTo(Integer.parseInt(operation[1]))))
                        .isInstanceOf(ProfileException.NoSuchGeneration.class);
            } else if (operation[0].equals("switch")) {
                change(locked -> locked.switchTo(Integer.parseInt(operation[1])));
                assertThat(profile.currentNumber()).isEqualTo(golden.get("after_current").asInt());
            } else if (operation[0].equals("roll-back") && golden.has("error")) {
                assertThatThrownBy(() -> change(locked -> assertThat(locked.previous()).isNegative()))
                        .isInstanceOf(ProfileException.NotFound.class);
            } else if (operation[0].equals("roll-back") && current == 0) {
                assertThatThrownBy(() -> change(locked -> assertThat(locked.previous()).isNegative()))
                        .isInstanceOf(ProfileException.NothingBefore.class);
            } else if (operation[0].equals("roll-back")) {
                change(locked -> assertThat(locked.previous()).isEqualTo(golden.get("after_current").asInt()));
            } else if (operation[0].equals("delete") && Integer.parseInt(operation[1]) == current) {
                assertThatThrownBy(() -> change(locked -> locked.delete(List.of(current))))
                        .isInstanceOf(ProfileException.CurrentGeneration.class);
            } else if (operation[0].equals("delete") && golden.has("error")) {
                assertThatThrownBy(() -> change(locked -> locked.delete(List.of(Integer.valueOf(operation[1])))))
                        .isInstanceOf(ProfileException.NoSuchGeneration.class);
            } else if (operation[0].equals("delete")) {
                change(locked -> locked.delete(List.of(Integer.valueOf(operation[1]))));
                assertThat(profile.numbers()).containsExactlyElementsOf(numbers(golden.get("after_generations")));
            } else {
                continue;
            }
            checked++;
        }
        assertThat(checked).isEqualTo(12);
    }

    @Test
    void readsRelativeSpecificationsAsGuixDoes() {
        for (JsonNode golden : Golden.json("profile/generations.json").get("cases")) {
            golden.path("results").properties().forEach(result -> assertThat(GenerationSpecification.resolve(
                            result.getKey(),
                            new TreeSet<>(numbers(golden.get("generations"))),
                            golden.get("current").asInt()))
                    .as(result.getKey())
                    .isEqualTo(optional(result.getValue())));
        }
        JsonNode patterns = Golden.json("profile/patterns.json");
        for (JsonNode golden : patterns.get("switch")) {
            assertThat(GenerationSpecification.resolve(
                            golden.get("spec").asString(),
                            new TreeSet<>(numbers(patterns.get("available"))),
                            golden.get("current").asInt()))
                    .isEqualTo(optional(golden.get("result")));
        }
    }

    @Test
    void readsPatternsAsGuixDoes() throws Exception {
        JsonNode patterns = Golden.json("profile/patterns.json");
        List<Generation> generations = new ArrayList<>();
        for (int number : numbers(patterns.get("available"))) {
            generations.add(generation(number, Instant.EPOCH, number == patterns.get("current").asInt()));
        }
        for (JsonNode golden : patterns.get("cases")) {
            String text = golden.get("pattern").asString();
            if (golden.has("error")) {
                assertThatThrownBy(() -> GenerationPattern.parse(text))
                        .isInstanceOf(ProfileException.BadPattern.class)
                        .hasMessageContaining(golden.get("error").asString());
            } else if (golden.has("duration_seconds")) {
                assertThat(GenerationPattern.parse(text))
                        .isEqualTo(new GenerationPattern.Age(
                                Duration.ofSeconds(golden.get("duration_seconds").asLong())));
            } else {
                assertThat(GenerationPattern.parse(text).select(generations, Instant.EPOCH, ZoneOffset.UTC))
                        .isEqualTo(numbers(golden.get("list")));
            }
        }
        assertThat(GenerationPattern.parse("1..").selectForDeletion(generations, Instant.EPOCH, ZoneOffset.UTC))
                .containsExactly(1, 2, 3, 5);
        for (String bad : List.of("", "..", "1,", ",1", "1...3", "-1", "1 ", "99999999999", "d")) {
            assertThatThrownBy(() -> GenerationPattern.parse(bad)).isInstanceOf(ProfileException.BadPattern.class);
        }
    }

    @Test
    void comparesAgesByWholeDays() throws Exception {
        Instant now = Instant.parse("2026-03-10T09:00:00Z");
        List<Generation> generations = List.of(
                generation(1, Instant.parse("2026-03-07T23:59:00Z"), false),
                generation(2, Instant.parse("2026-03-08T00:01:00Z"), false),
                generation(3, now, true));
        GenerationPattern twoDays = GenerationPattern.parse("2d");
        assertThat(twoDays.select(generations, now, ZoneOffset.UTC)).containsExactly(2, 3);
        assertThat(twoDays.selectForDeletion(generations, now, ZoneOffset.UTC)).containsExactly(1);
    }

    @Test
    void takesNamesOfGenerationsStrictly() throws Exception {
        link("guix-profile-1-link", item(1));
        link("guix-profile-5-link", item(5));
        for (String leftover : List.of(
                "guix-profile-7-link.new", "guix-profile-8foo", "guix-profile-x", "xguix-profile-9-link")) {
            link(leftover, item(7));
        }
        link("guix-profile", "/some/dir/guix-profile-5-link");
        assertThat(profile.numbers()).containsExactly(1, 5);
        assertThat(profile.currentNumber()).isEqualTo(5);
        Files.delete(profile.link());
        link("guix-profile", item(5));
        assertThat(profile.currentNumber()).isZero();
    }

    @Test
    void toleratesMissingDamagedAndForeignRecords() throws Exception {
        link("guix-profile-1-link", item(1));
        link("guix-profile-2-link", item(2));
        link("guix-profile-3-link", item(3));
        link("guix-profile-4-link", "/home/alice/somewhere");
        link("guix-profile", "guix-profile-3-link");
        Path records = Files.createDirectories(profile.link().resolveSibling(".guix-profile.records"));
        Files.writeString(records.resolve("2.json"), "{\"item\": 3");
        Files.writeString(records.resolve("3.json"), "{\"item\": \"" + item(1) + "\", \"cause\": \"another one\"}");
        assertThat(profile.generations())
                .hasSize(3)
                .allMatch(g -> g.parent().isEmpty() && g.cause().isEmpty())
                .allMatch(g -> g.time().isAfter(Instant.EPOCH));
    }

    @Test
    void takesBackWhatAKilledProcessHadBegun() throws Exception {
        link("guix-profile-1-link", item(1));
        link("guix-profile-2-link", item(2));
        link("guix-profile", "guix-profile-1-link");
        Path records = Files.createDirectories(profile.link().resolveSibling(".guix-profile.records"));
        String record = "{\"item\": \"" + item(2) + "\", \"time\": 5, \"parent\": 1, \"pending\": true}";
        Files.writeString(records.resolve("2.json"), record);
        assertThat(profile.generations()).hasSize(1);
        profile.lock().close();
        assertThat(profile.numbers()).containsExactly(1);
        assertThat(records.resolve("2.json")).doesNotExist();

        link("guix-profile-2-link", item(2));
        Files.delete(profile.link());
        link("guix-profile", "guix-profile-2-link");
        Files.writeString(records.resolve("2.json"), record);
        profile.lock().close();
        assertThat(profile.generations()).hasSize(2);
        assertThat(Files.readString(records.resolve("2.json"))).doesNotContain("pending");
    }

    @Test
    void keepsTagsWithWhatElseIsKnownOfAGeneration() throws Exception {
        twoGenerations();
        Generation before = profile.generation(2).orElseThrow();

        change(locked -> locked.tag(2, tag -> tag.labelled("  before the move ").pinned(true)));
        change(locked -> locked.tag(1, tag -> tag.pinned(true)));

        Generation after = profile.generation(2).orElseThrow();
        assertThat(after.tag()).isEqualTo(new GenerationTag(Optional.of("before the move"), true));
        assertThat(after.time()).isEqualTo(before.time());
        assertThat(after.cause()).isEqualTo(before.cause()).contains("something");
        assertThat(profile.labelled("before the move")).map(Generation::number).contains(2);
        assertThat(profile.generation(1).orElseThrow().tag().pinned()).as("made by another program").isTrue();
        assertThat(profile.labelled("elsewhere")).isEmpty();

        change(locked -> locked.tag(2, tag -> tag.labelled(" ").pinned(false)));
        assertThat(profile.generation(2).orElseThrow()).isEqualTo(before);
    }

    @Test
    void changesATagAsItIsByThen() throws Exception {
        twoGenerations();
        change(locked -> locked.tag(2, tag -> tag.labelled("kept")));
        change(locked -> locked.tag(2, tag -> tag.pinned(true)));
        assertThat(profile.generation(2).orElseThrow().tag())
                .isEqualTo(new GenerationTag(Optional.of("kept"), true));
    }

    @Test
    void keepsWhatIsPinnedWhenGenerationsAreDeleted() throws Exception {
        twoGenerations();
        link("guix-profile-3-link", item(3));
        change(locked -> locked.tag(1, tag -> tag.pinned(true)));

        assertThat(GenerationPattern.parse("..9")
                        .selectForDeletion(profile.generations(), Instant.now(), ZoneOffset.UTC))
                .containsExactly(3);
        assertThatThrownBy(() -> change(locked -> locked.delete(List.of(1, 3))))
                .isInstanceOf(ProfileException.Pinned.class)
                .hasMessageContaining("generation 1");
        assertThat(profile.numbers()).as("all or nothing").containsExactly(1, 2, 3);

        change(locked -> locked.tag(1, _ -> GenerationTag.NONE));
        change(locked -> locked.delete(List.of(1, 3)));
        assertThat(profile.numbers()).containsExactly(2);
    }

    @Test
    void refusesLabelsThatAreTakenOrCannotBeTold() throws Exception {
        twoGenerations();
        change(locked -> locked.tag(1, tag -> tag.labelled("first")));

        assertThatThrownBy(() -> change(locked -> locked.tag(2, tag -> tag.labelled("first"))))
                .isInstanceOf(ProfileException.LabelTaken.class);
        assertThatThrownBy(() -> change(locked -> locked.tag(7, tag -> tag)))
                .isInstanceOf(ProfileException.NoSuchGeneration.class);
        for (String bad : List.of("3", "-1", "2..5", "10d", "1,2", "two\nlines", "\u202eback", "x".repeat(61))) {
            assertThatThrownBy(() -> GenerationTag.NONE.labelled(bad)).isInstanceOf(ProfileException.BadLabel.class);
        }
    }

    private void twoGenerations() throws Exception {
        link("guix-profile-1-link", item(1));
        link("guix-profile-2-link", item(2));
        link("guix-profile", "guix-profile-2-link");
        Path records = Files.createDirectories(profile.link().resolveSibling(".guix-profile.records"));
        Files.writeString(records.resolve("2.json"),
                "{\"item\": \"" + item(2) + "\", \"time\": 5, \"parent\": 1, \"cause\": \"something\"}");
    }

    @Test
    void isLockedForOneAtATime() throws Exception {
        try (LockedProfile _ = profile.lock()) {
            assertThatThrownBy(profile::lock).isInstanceOf(ProfileException.Locked.class);
        }
        profile.lock().close();
        assertThat(Path.of(profile.link() + ".lock")).doesNotExist();
    }

    @Test
    void isTheOneThatANameLeadsTo() throws Exception {
        Path name = Files.createSymbolicLink(root.resolve(".guix-profile"), profile.link());
        assertThat(named(name).link()).isEqualTo(profile.link());
        assertThat(named(root.resolve("mine")).link()).isEqualTo(root.resolve("mine"));
        link("guix-profile", "guix-profile-3-link");
        assertThat(named(profile.link()).link()).isEqualTo(profile.link());
    }

    @Test
    void singleWordNamesAProfileBesideTheUsersOwn() {
        assertThat(named(Path.of("work")).link())
                .isEqualTo(profile.layout().profiles().resolve("per-user/someone/work"));
        assertThat(named(Path.of("./work")).link()).isEqualTo(Path.of("work").toAbsolutePath());
    }

    private Profile named(Path name) {
        return Profile.named(profile.layout(), Map.of("USER", "someone"), name);
    }

    @Test
    void saysWhenItIsNoProfile() throws Exception {
        Files.createDirectory(profile.link());
        assertThatThrownBy(profile::currentNumber).isInstanceOf(ProfileException.NotAProfile.class);
    }

    @FunctionalInterface
    private interface Work {
        void run(LockedProfile locked) throws Exception;
    }

    private void change(Work work) throws Exception {
        try (LockedProfile locked = profile.lock()) {
            work.run(locked);
        }
    }

    private void arrange(JsonNode golden) throws IOException {
        FileTrees.delete(profile.link().getParent());
        Files.createDirectories(profile.link().getParent());
        for (int number : numbers(golden.get("generations"))) {
            link("guix-profile-" + number + "-link", item(number));
        }
        if (!golden.get("current").isNull()) {
            link("guix-profile", "guix-profile-" + golden.get("current").asInt() + "-link");
        }
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(profile.link().resolveSibling(name), Path.of(target));
    }

    private static String item(int number) {
        return "/gnu/store/" + String.valueOf(number).repeat(32) + "-profile";
    }

    private static Generation generation(int number, Instant time, boolean current) throws Exception {
        StorePath item = StoreDirectory.GNU.parse(item(number));
        return new Generation(number, time, current, OptionalInt.empty(), Optional.empty(), GenerationTag.NONE, item);
    }

    private static List<Integer> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::asInt).toList();
    }

    private static OptionalInt optional(JsonNode node) {
        return node.isNull() ? OptionalInt.empty() : OptionalInt.of(node.asInt());
    }
}
