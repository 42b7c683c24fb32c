// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.channel.ChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static ChannelException.Unsatisfiable refusal(Universe universe, String... goals) {
        return catchThrowableOfType(ChannelException.Unsatisfiable.class, () -> universe.choose(goals));
    }

    private static void assertExplained(ChannelException.Unsatisfiable refusal, String message, String hint) {
        assertThat(refusal).hasMessage(message.strip());
        assertThat(refusal.hint()).contains(hint);
    }

    @Test
    void saysThatNoChannelHasAPackage() throws Exception {
        assertExplained(
                refusal(Universe.of("a 1"), "b=2"),
                """
                'b@2' cannot be had:
                  no enabled channel has it
                """,
                "Refresh the channels, or enable one that has it.");
    }

    @Test
    void namesAVersionThatIsMissing() throws Exception {
        assertExplained(
                refusal(Universe.of("a 1; depends: b (>= 2), c", "b 1", "c 1"), "a", "c"),
                """
                'a' cannot be had:
                  'a@1' needs 'b (>= 2)', but there is only 'b@1'
                """,
                "Leave out 'a', choose another version of it, or enable a channel that has what it needs.");
    }

    @Test
    void namesAPackageThatIsMissing() throws Exception {
        assertExplained(
                refusal(Universe.of("a 1; depends: b", "b 1; depends: c (>= 2) | d"), "a"),
                """
                'a' cannot be had:
                  'a@1' needs 'b'
                  'b@1' needs 'c (>= 2) | d', which no enabled channel has
                """,
                "Refresh the channels, or enable one that has 'c' or 'd'; otherwise leave out 'a'.");
    }

    @Test
    void namesBothSidesOfAConflict() throws Exception {
        assertExplained(
                refusal(
                        Universe.of("a 1; depends: x | y", "x 1; conflicts: mta", "y 1; breaks: z (<< 2)",
                                "z 1; provides: mta", "unrelated 1"),
                        "a",
                        "unrelated",
                        "z"),
                """
                'a' and 'z' cannot be had together:
                  'a@1' needs 'x | y'
                  'x@1' conflicts with 'mta', which 'z@1' provides
                  'y@1' breaks 'z (<< 2)', which 'z@1' is
                """,
                "Leave out 'a' or 'z', or have one of them in a profile of its own.");
    }

    @Test
    void namesVersionsOfWhichThereCanBeOne() throws Exception {
        assertExplained(
                refusal(
                        Universe.of("work 1; depends: libx (>= 2)", "play 1; depends: libx (<< 2)", "libx 1", "libx 2",
                                "libx 3"),
                        "work",
                        "play"),
                """
                'work' and 'play' cannot be had together:
                  'work@1' needs 'libx (>= 2)', which only 'libx@2' or 'libx@3' can meet
                  'play@1' needs 'libx (<< 2)', which only 'libx@1' can meet
                  there can be only one of 'libx@1', 'libx@2' and 'libx@3'
                """,
                "Leave out 'work' or 'play', or have one of them in a profile of its own.");
    }

    @Test
    void saysOnceWhatIsTheSameForManyVersions() throws Exception {
        assertExplained(
                refusal(
                        Universe.of("a 1; depends: gone", "a 2; depends: gone", "a 3; depends: gone",
                                "a 4; depends: gone", "a 5; depends: gone"),
                        "a"),
                """
                'a' cannot be had:
                  'a@5', 'a@4', 'a@3' and 2 more need 'gone', which no enabled channel has
                """,
                "Refresh the channels, or enable one that has 'gone'; otherwise leave out 'a'.");
    }

    @Test
    void namesForeignArchitectures() throws Exception {
        assertExplained(
                refusal(
                        Universe.of("a 1; depends: lib", "w 1 i386; depends: lib", "lib 2; multi-arch: same",
                                "lib 1 i386; multi-arch: same"),
                        "a",
                        "w"),
                """
                'a' and 'w' cannot be had together:
                  'a@1' needs 'lib'
                  'w@1:i386' needs 'lib'
                  'lib@1:i386' and 'lib@2' must be of the same version
                """,
                "Leave out 'a' or 'w', or have one of them in a profile of its own.");
    }

    @Test
    void namesEssentialPackages() throws Exception {
        assertExplained(
                refusal(Universe.of("a 1; conflicts: bash", "bash 5; essential"), "a"),
                """
                'a' cannot be had:
                  'bash' is essential: it is part of every profile with packages of the archive
                  'a@1' conflicts with 'bash'
                """,
                "Leave out 'a', choose another version of it, or enable a channel that has what it needs.");
    }

    @Test
    void staysShort() throws Exception {
        List<String> packages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            packages.add("p" + i + " 1; depends: p" + (i + 1));
        }
        assertThat(refusal(Universe.of(packages.toArray(String[]::new)), "p0").getMessage().lines())
                .hasSize(12)
                .startsWith("'p0' cannot be had:", "  'p0@1' needs 'p1'")
                .contains("  and 30 more relations, down to:")
                .endsWith("  'p39@1' needs 'p40', which no enabled channel has");
    }
}
