// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeProfile;
import dev.cairn.app.task.ManualTasks;
import dev.cairn.bridge.EventBatch;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final ManualTasks tasks = new ManualTasks();
    private final Operations operations = new Operations(tasks, tasks);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsOneAfterTheOther() {
        Operation first = operations.run("first", 0, _ -> "1", done::add);
        Operation second = operations.run("second", 0, _ -> "2", done::add);
        assertThat(first.state()).isEqualTo(Operation.State.RUNNING);
        assertThat(second.state()).isEqualTo(Operation.State.WAITING);
        tasks.runOne();
        assertThat(first.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(second.state()).isEqualTo(Operation.State.RUNNING);
        tasks.runOne();
        assertThat(done).containsExactly("1", "2");
        assertThat(operations.currentProperty().get()).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        operations.run("first", 0, _ -> "1", done::add);
        operations.run("second", 0, _ -> "2", done::add);
        assertThat(operations.all()).extracting(Operation::title).containsExactly("second", "first");
    }

    @Test
    void showsActivitiesWithPhasesAndLogLines() {
        Operation operation = operations.run(
                "install",
                2,
                events -> {
                    Activities.Activity build = new Activities(events)
                            .start(Event.Kind.BUILD, FakeProfile.item("hello-2.12.drv").toString());
                    build.phase("build");
                    build.log("cc hello.c");
                    build.finish();
                    return "";
                },
                _ -> {});
        tasks.runAll();
        assertThat(operation.activities()).hasSize(1);
        Activity build = operation.activities().getFirst();
        assertThat(build.title()).isEqualTo("Building hello-2.12");
        assertThat(build.detailProperty().get()).isEqualTo("build");
        assertThat(build.stateProperty().get()).isEqualTo(Activity.State.SUCCEEDED);
        assertThat(operation.log()).containsExactly("cc hello.c");
    }

    @Test
    void countsCompletedBuildsAsProgress() {
        Operation operation = operations.run("install", 2, _ -> "", _ -> {});
        Event.Started start = new Event.Started(1, OptionalLong.empty(), Event.Kind.BUILD, "a");
        assertThat(operation.progressProperty().get()).isNegative();
        tell(operation, start, new Event.Finished(1));
        assertThat(operation.progressProperty().get()).isEqualTo(0.5);
    }

    @Test
    void callsWhatIsOnlyPreparedByWhatItIs() {
        String folder = "/gnu/store/00000000000000000000000000000000-";
        List<String> names = List.of("tool_1_amd64.deb", "tool-1-contents", "tool-1", "profile");
        List<String> items = names.stream().map(name -> folder + name + ".drv").toList();
        Operation operation =
                operations.run("install", new Foreseen(4, Set.copyOf(items.subList(0, 3))), _ -> "", _ -> {});
        for (int i = 0; i < items.size(); i++) {
            tell(operation, new Event.Started(i + 1, OptionalLong.empty(), Event.Kind.BUILD, items.get(i)));
        }
        assertThat(operation.activities())
                .extracting(Activity::title)
                .containsExactly("Unpacking tool-1", "Preparing tool-1", "Making the profile");
        tell(operation, new Event.Finished(1));
        assertThat(operation.progressProperty().get()).isEqualTo(0.25);
    }

    @Test
    void saysThatAnActivityStandsStill() {
        Operation operation = operations.run("install", 0, _ -> "", _ -> {});
        tell(
                operation,
                new Event.Started(1, OptionalLong.empty(), Event.Kind.DOWNLOAD, "http://example.org/x"),
                new Event.Progressed(1, 4_200_000, OptionalLong.of(9_000_000)));
        Activity download = operation.activities().getFirst();
        assertThat(download.detailProperty().get()).isEqualTo("4.20 MB / 9.00 MB");
        tasks.pass(Duration.ofSeconds(12));
        assertThat(download.detailProperty().get()).isEqualTo("4.20 MB / 9.00 MB \u00b7 stalled 12 s");
        tell(operation, new Event.Progressed(1, 5_000_000, OptionalLong.empty()));
        assertThat(download.detailProperty().get()).isEqualTo("5.00 MB");
    }

    @Test
    void tellsSpeedAndTimeLeftOfADownloadAndOfAllTogether() {
        Operation operation = operations.run(
                "install", new Foreseen(1, Set.of(), OptionalLong.of(100_000_000)), _ -> "", _ -> {});
        tell(operation, download(1, "hello"), download(2, "world"));
        assertThat(operation.transferredProperty().get()).isEmpty();
        for (int second = 0; second <= 4; second++) {
            tell(
                    operation,
                    new Event.Progressed(1, second * 2_000_000L, OptionalLong.of(40_000_000)),
                    new Event.Progressed(2, second * 1_000_000L, OptionalLong.empty()));
            tasks.pass(Duration.ofSeconds(second == 4 ? 0 : 1));
        }
        assertThat(operation.activities().getFirst().detailProperty().get())
                .isEqualTo("8.00 MB / 40.0 MB \u00b7 2.00 MB/s \u00b7 16 s left");
        assertThat(operation.activities().getLast().detailProperty().get()).isEqualTo("4.00 MB \u00b7 1.00 MB/s");
        assertThat(operation.transferredProperty().get())
                .isEqualTo("12.0 MB / 100 MB \u00b7 3.00 MB/s \u00b7 30 s left");
        assertThat(operation.progressProperty().get()).isBetween(0.1, 0.12);
        tasks.pass(Duration.ofSeconds(30));
        assertThat(operation.transferredProperty().get()).isEqualTo("12.0 MB / 100 MB");
    }

    @Test
    void countsItemsThatAreFetchedOnceAndTakesTheTotalFromWhoFetchesThem() {
        Operation operation = operations.run("install", 1, _ -> "", _ -> {});
        String item = FakeProfile.item("hello-2.12").toString();
        tell(
                operation,
                new Event.Started(1, OptionalLong.empty(), Event.Kind.FETCH, item),
                new Event.Started(2, OptionalLong.of(1), Event.Kind.SUBSTITUTE, item),
                new Event.Phase(2, "https://farm.example.org"));
        tasks.pass(Duration.ofSeconds(2));
        tell(
                operation,
                new Event.Progressed(2, 2_000_000, OptionalLong.of(8_000_000)),
                new Event.Progressed(1, 2_000_000, OptionalLong.of(10_000_000)));
        assertThat(operation.activities()).extracting(Activity::title)
                .containsExactly("Downloading what others have built", "Downloading hello-2.12");
        assertThat(operation.activities().getLast().detailProperty().get())
                .isEqualTo("2.00 MB / 8.00 MB \u00b7 1.00 MB/s \u00b7 6 s left \u00b7 https://farm.example.org");
        assertThat(operation.transferredProperty().get())
                .isEqualTo("2.00 MB / 10.0 MB \u00b7 1.00 MB/s \u00b7 8 s left");
        assertThat(operation.progressProperty().get()).isBetween(0.17, 0.19);
        assertThat(operation.summaryProperty().get()).isEqualTo("Downloading hello-2.12");
    }

    @Test
    void doesNotCountWhatCameFromAServerThatFailed() {
        Operation operation = operations.run("install", 0, _ -> "", _ -> {});
        tell(operation, download(1, "bad"), new Event.Progressed(1, 7_000_000, OptionalLong.of(9_000_000)));
        assertThat(operation.transferredProperty().get()).isEqualTo("7.00 MB");
        tell(
                operation,
                new Event.Failed(1, "it lies", Optional.empty()),
                download(2, "good"),
                new Event.Progressed(2, 1_000_000, OptionalLong.of(9_000_000)));
        assertThat(operation.transferredProperty().get()).isEqualTo("1.00 MB");
        tasks.runAll();
        assertThat(operation.transferredProperty().get()).isEqualTo("1.00 MB downloaded");
    }

    @Test
    void neverGoesBackAndLeavesOutATotalThatWasTooSmall() {
        Operation operation =
                operations.run("install", new Foreseen(1, Set.of(), OptionalLong.of(1_000_000)), _ -> "", _ -> {});
        tell(operation, download(1, "a"), new Event.Progressed(1, 3_000_000, OptionalLong.of(2_000_000)));
        assertThat(operation.transferredProperty().get()).isEqualTo("3.00 MB");
        double before = operation.progressProperty().get();
        assertThat(before).isBetween(0.89, 0.91);
        tell(operation, new Event.Progressed(1, -5, OptionalLong.of(-1)));
        assertThat(operation.progressProperty().get()).isEqualTo(before);
        assertThat(operation.activities().getFirst().detailProperty().get()).doesNotContain("-");
    }

    private static Event.Started download(long activity, String name) {
        return new Event.Started(
                activity, OptionalLong.empty(), Event.Kind.DOWNLOAD, "http://example.org/nar/" + name);
    }

    @Test
    void endsACancelledOperationWithoutCallingItAFailure() {
        List<Operation> failed = new ArrayList<>();
        operations.whenFailed(failed::add);
        Operation operation = operations.run("install", 0, _ -> "", done::add);
        operation.cancel();
        assertThat(operation.state()).isEqualTo(Operation.State.CANCELLING);
        tasks.runAll();
        assertThat(operation.state()).isEqualTo(Operation.State.CANCELLED);
        assertThat(failed).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void tellsPartsThatWereGivenUpFromThoseThatFailed() {
        Operation operation = operations.run("install", 2, _ -> "", _ -> {});
        tell(
                operation,
                new Event.Started(1, OptionalLong.empty(), Event.Kind.BUILD, "a"),
                new Event.Started(2, OptionalLong.empty(), Event.Kind.BUILD, "b"),
                new Event.Failed(1, "exit code 1", Optional.empty()),
                new Event.Cancelled(2));
        assertThat(operation.activities())
                .extracting(activity -> activity.stateProperty().get())
                .containsExactly(Activity.State.FAILED, Activity.State.CANCELLED);
    }

    @Test
    void skipsWhatWasCancelledWhileItWaited() {
        operations.run("first", 0, _ -> "1", done::add);
        operations.run("second", 0, _ -> "2", done::add).cancel();
        operations.run("third", 0, _ -> "3", done::add);
        tasks.runAll();
        assertThat(done).containsExactly("1", "3");
    }

    @Test
    void tellsAFailureWithTheEndOfTheLogAndRunsAgainOnRetry() {
        List<String> attempts = new ArrayList<>();
        Operation operation = operations.run(
                "install",
                0,
                _ -> {
                    attempts.add("attempt");
                    if (attempts.size() == 1) {
                        throw new DaemonException.BuildFailed(
                                FakeProfile.item("hello-2.12.drv"),
                                "builder failed with exit code 1",
                                List.of("error: no"),
                                Optional.empty());
                    }
                    return "fine";
                },
                done::add);
        tasks.runAll();
        assertThat(operation.state()).isEqualTo(Operation.State.FAILED);
        assertThat(operation.failureProperty().get().orElseThrow().message())
                .isEqualTo("Building hello-2.12 failed: builder failed with exit code 1");
        assertThat(operation.failureProperty().get().orElseThrow().lastLines()).containsExactly("error: no");
        operation.retry();
        tasks.runAll();
        assertThat(done).containsExactly("fine");
        assertThat(operations.all().getFirst().state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void doesNotTickWhileNothingRuns() {
        operations.run("first", 0, _ -> "1", done::add);
        tasks.runAll();
        tasks.pass(Duration.ofMinutes(1));
        assertThat(tasks.timers()).isZero();
    }

    @Test
    void saysHowManyLinesWereLeftOut() {
        Operation operation = operations.run("install", 0, _ -> "", _ -> {});
        operation.receive(new EventBatch(List.of(new Event.LogLine(1, "last")), 7), tasks.instant());
        assertThat(operation.log()).hasSize(2).last().isEqualTo("last");
        assertThat(operation.log().getFirst()).contains("7");
    }

    private void tell(Operation operation, Event... events) {
        operation.receive(new EventBatch(List.of(events), 0), tasks.instant());
    }
}
