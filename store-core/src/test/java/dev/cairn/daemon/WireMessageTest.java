// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What guix-daemon says in place of Cairn's own messages. */
class WireMessageTest {
    private static final StorePath A = item("4i43kj9nya6rlpq1ld0kamm6p2h6f1c1-a.drv");
    private static final StorePath B = item("5i43kj9nya6rlpq1ld0kamm6p2h6f1c1-b.drv");

    @Test
    void isTheMessageItselfWhereNothingElseIsKnown() {
        DaemonException failure = new DaemonException.Refused("no", Optional.empty());
        assertThat(failure.wireMessage()).isEqualTo("no");
        assertThat(failure.wireStatus()).isEqualTo(1);
    }

    @Test
    void namesInvalidItemsWithEitherKindOfQuotationMarks() {
        assertThat(new DaemonException.NotValid(A).wireMessage()).isEqualTo("path `" + A + "' is not valid");
        assertThat(DaemonException.NotValid.typographic(A).wireMessage())
                .isEqualTo("path ‘" + A + "’ is not valid");
    }

    @Test
    void namesAllThatARequestCouldNotMake() {
        DaemonException failure = new DaemonException.BuildFailed(B, "exit code 1", List.of(), Optional.empty());
        assertThat(failure.wireMessage()).isEqualTo("build of `" + B + "' failed");
        assertThat(failure.wireStatus()).isEqualTo(100);
        failure.endOf(new FailedRequest(new TreeSet<>(Set.of(B, A)), EnumSet.allOf(BuildFailure.class)));
        assertThat(failure.wireMessage()).isEqualTo("build of `" + A + "', `" + B + "' failed");
        assertThat(failure.wireStatus()).isEqualTo(101);
        assertThat(failure).hasMessageContaining("building '" + B + "' failed");
    }

    @Test
    void tellsWhetherARequestWouldFailAgain() {
        assertThat(status(EnumSet.of(BuildFailure.PERMANENT, BuildFailure.OTHER))).isEqualTo(100);
        assertThat(status(EnumSet.of(BuildFailure.OTHER))).isEqualTo(1);
        assertThat(status(Set.of())).isEqualTo(1);
    }

    @Test
    void tellsOutputsThatDifferBothFromAKeptOneAndWithout() {
        assertThat(new DaemonException.NotDeterministic(A, B, List.of(), Optional.empty()).wireMessage())
                .isEqualTo("derivation `" + A + "' may not be deterministic: output `" + B + "' differs");
        DaemonException kept = new DaemonException.NotDeterministic(
                A, B, List.of("x: a", "y: b", "z: c", "u: d"), Optional.of(A));
        assertThat(kept.wireMessage())
                .isEqualTo("derivation `" + A + "' may not be deterministic: output `" + B + "' differs from `" + A
                        + "'");
        assertThat(kept).hasMessageEndingWith("(x: a; y: b; z: c; and 1 more)");
    }

    private static int status(Set<BuildFailure> kinds) {
        return new FailedRequest(new TreeSet<>(Set.of(A)), kinds).status();
    }

    private static StorePath item(String name) {
        try {
            return StoreDirectory.GNU.parse(StoreDirectory.GNU.path() + "/" + name);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }
}
