// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.DaemonException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestTest {
    private final ManualTasks tasks = new ManualTasks();
    private final Latest latest = new Latest(tasks);
    private final List<String> delivered = new ArrayList<>();

    @Test
    void deliversASingleRequest() {
        ask("a");
        tasks.runAll();
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void dropsOutcomesThatALaterRequestMadeStale() {
        ask("a");
        ask("ab");
        ask("abc");
        tasks.runAll();
        assertThat(delivered).containsExactly("abc");
    }

    @Test
    void runsAtMostOnePieceOfWorkAtATime() {
        ask("a");
        ask("ab");
        assertThat(tasks.waiting()).isEqualTo(1);
    }

    @Test
    void deliversAgainAfterAFailure() {
        latest.run(
                () -> {
                    throw new DaemonException.Cancelled();
                },
                _ -> {},
                failure -> delivered.add(failure.getMessage()));
        tasks.runAll();
        ask("b");
        tasks.runAll();
        assertThat(delivered).containsExactly("cancelled", "b");
    }

    @Test
    void forgetsWhatIsOnItsWay() {
        ask("a");
        latest.forget();
        tasks.runAll();
        assertThat(delivered).isEmpty();
        ask("b");
        tasks.runAll();
        assertThat(delivered).containsExactly("b");
    }

    @Test
    void cancelsWhatIsNoLongerWantedWhereToldTo() {
        Latest interrupting = Latest.interrupting(tasks);
        List<String> begun = new ArrayList<>();
        for (String text : List.of("a", "b")) {
            interrupting.run(
                    () -> {
                        begun.add(text);
                        return text;
                    },
                    delivered::add,
                    failure -> delivered.add(failure.getMessage()));
        }
        tasks.runAll();

        assertThat(begun).containsExactly("b");
        assertThat(delivered).containsExactly("b");
    }

    private void ask(String text) {
        latest.run(() -> text, delivered::add, _ -> {});
    }
}
