// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BuildSchedulerTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void buildsInputsFirstAndEachOnce() throws Exception {
        NamedDerivation bottom = file("bottom");
        NamedDerivation left = file("left", bottom);
        NamedDerivation right = file("right", bottom);
        NamedDerivation top = file("top", left, right);
        store.build(BuildOptions.DEFAULT.change().maxJobs(1).build(), top, left);
        assertThat(started()).containsExactly("bottom", "left", "right", "top");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void startsReadyBuildsInTheOrderOfTheirNames() throws Exception {
        store.build(BuildOptions.DEFAULT.change().maxJobs(1).build(), file("c"), file("a"), file("b"));
        assertThat(started()).containsExactly("a", "b", "c");
    }

    @Test
    void buildsNothingThatIsThere() throws Exception {
        NamedDerivation bottom = file("bottom");
        NamedDerivation top = file("top", bottom);
        store.build(top);
        store.events().clear();
        store.build(top, bottom);
        assertThat(store.events()).isEmpty();
    }

    @Test
    void handlesLongChainsAndWideGraphs() throws Exception {
        List<NamedDerivation> chain = new ArrayList<>(List.of(file("link-0")));
        for (int i = 1; i < 60; i++) {
            chain.add(file("link-" + i, chain.getLast()));
        }
        NamedDerivation[] leaves = new NamedDerivation[60];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = file("leaf-" + i);
        }
        store.build(file("all", leaves), chain.getLast());
        assertThat(started()).hasSize(121).doesNotHaveDuplicates();
    }

    @Test
    @Timeout(120)
    void keepsEverySlotBusyAndNoMore() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation[] leaves = new NamedDerivation[8];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = waiting("leaf-" + i, "echo " + i + " > $out");
        }
        Future<?> built = build(BuildOptions.DEFAULT.change().maxJobs(4).build(), leaves);
        while (mostAtOnce() < 4) {
            assertThat(built.isDone()).isFalse();
            Thread.sleep(10);
        }
        releaseUntilDone(built, leaves);
        built.get();
        assertThat(mostAtOnce()).isEqualTo(4);
    }

    /** A builder of this machine's tools that waits until it is released. */
    private NamedDerivation waiting(String name, String script) throws Exception {
        return store.add(store.shell(
                RunningBuilders.own(name), "echo waiting; " + RunningBuilders.waiting() + "; " + script));
    }

    private Future<?> build(BuildOptions options, NamedDerivation... wanted) {
        FutureTask<?> task = new FutureTask<>(() -> {
            store.build(options, wanted);
            return null;
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    private static void releaseUntilDone(Future<?> built, NamedDerivation... waiting) throws Exception {
        while (!built.isDone()) {
            for (NamedDerivation one : waiting) {
                RunningBuilders.release(one.path().name().replaceFirst("\\.drv$", ""));
            }
            Thread.sleep(20);
        }
    }

    private int mostAtOnce() {
        int running = 0;
        int most = 0;
        for (Event event : store.events()) {
            running += event instanceof Event.Started ? 1 : event instanceof Event.Finished ? -1 : 0;
            most = Math.max(most, running);
        }
        return most;
    }

    @Test
    @Timeout(120)
    void holdsUpNoVirtualThreadsHoweverManyBuildersAreSilent() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation[] silent = new NamedDerivation[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = waiting("silent-" + i, "echo > $out");
        }
        Future<?> built = build(BuildOptions.DEFAULT, silent);
        while (store.logLines().size() < silent.length) {
            assertThat(built.isDone()).isFalse();
            Thread.sleep(10);
        }
        try {
            assertThat(Thread.ofVirtual().start(() -> {}).join(Duration.ofSeconds(20))).isTrue();
        } finally {
            releaseUntilDone(built, silent);
        }
        built.get();
    }

    @Test
    void buildsOnceWhatTwoRequestsWant() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation shared = store.add(store.shell("shared", "sleep 0.5; echo > $out"));
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    store.build(shared);
                } catch (DaemonException e) {
                    thrown.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(thrown).isEmpty();
        assertThat(started()).containsExactly("shared");
    }

    @Test
    void stopsAtTheFirstFailureUnlessToldToGoOn() throws Exception {
        NamedDerivation bad = broken("a-bad");
        NamedDerivation needsBad = file("b-needs-bad", bad);
        NamedDerivation other = file("c-other");
        assertThatThrownBy(() -> store.build(BuildOptions.DEFAULT.change().maxJobs(1).build(), needsBad, other))
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining("a-bad");
        assertThat(started()).containsExactly("a-bad");
        store.events().clear();
        assertThatThrownBy(() -> store.build(
                        BuildOptions.DEFAULT.change().maxJobs(1).keepGoing(true).build(),
                        needsBad,
                        other,
                        broken("d-bad")))
                .hasMessageContaining("a-bad")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(started()).containsExactly("a-bad", "c-other", "d-bad");
        assertThat(store.valid(other.derivation().outputPaths())).isNotEmpty();
        assertThat(store.events()).filteredOn(Event.Failed.class::isInstance).hasSize(2);
    }

    @Test
    @Timeout(120)
    void endsRunningBuildersWhenAnotherFails() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation slow = store.add(store.shell("slow", "echo asleep; sleep 6543; echo > $out"));
        NamedDerivation bad = waiting("bad", "exit 1");
        Future<?> built = build(BuildOptions.DEFAULT.change().maxJobs(2).build(), slow, bad);
        while (!store.logLines().containsAll(List.of("asleep", "waiting"))) {
            assertThat(built.isDone()).isFalse();
            Thread.sleep(10);
        }
        releaseUntilDone(built, bad);
        assertThatThrownBy(built::get)
                .cause()
                .isInstanceOf(DaemonException.BuildFailed.class)
                .hasMessageContaining(bad.path().name());
        assertThat(store.leftovers()).isEmpty();
        assertThat(store.events()).filteredOn(Event.Failed.class::isInstance).hasSize(1);
        assertThat(store.events()).filteredOn(Event.Cancelled.class::isInstance).hasSize(1);
    }

    @Test
    void refusesBeforeAnythingIsBuilt() throws Exception {
        NamedDerivation impure = store.add(store.shell("impure", "echo > $out"));
        NamedDerivation before = file("before");
        assertRefused(BuildOptions.DEFAULT.change().pure(true).build(), "only pure builds", before, impure);
        assertRefused(BuildOptions.DEFAULT.change().sandbox(false).build(), "without isolation", before, impure);
        assertRefused(BuildOptions.DEFAULT, "is not in the store", before,
                store.add(new DerivationBuilder("x", "x86_64-linux", "/bin/sh")));
        assertRefused(BuildOptions.DEFAULT, "is not in the store", before,
                store.add(new DerivationBuilder("x", "x86_64-linux", "/usr/../etc/x").variable("hostTools", "1")));
        assertThat(store.events()).noneMatch(event -> event instanceof Event.Started);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        BuildScheduler scheduler = new BuildScheduler(store);
        StorePath absent = StoreDirectory.GNU.item("00000000000000000000000000000000-absent.drv");
        assertThatThrownBy(() ->
                        scheduler.build(List.of(BuildTarget.all(absent)), BuildOptions.DEFAULT, EventSink.NONE))
                .isInstanceOf(DaemonException.NotValid.class);
        NamedDerivation made = file("made");
        BuildTarget target = new BuildTarget(made.path(), new TreeSet<>(List.of("doc")));
        assertThatThrownBy(() -> scheduler.build(List.of(target), BuildOptions.DEFAULT, EventSink.NONE))
                .isInstanceOf(DaemonException.Refused.class)
                .hasMessageContaining("no output 'doc'");
    }

    @Test
    void buildsNothingWithoutASlotButWhatPrefersToBeBuiltHere() throws Exception {
        BuildOptions none = BuildOptions.DEFAULT.change().maxJobs(0).build();
        assertThatThrownBy(() -> store.build(none, file("remote")))
                .isInstanceOfSatisfying(DaemonException.Refused.class, refused -> assertThat(refused.wireMessage())
                        .isEqualTo("unable to start any build; either increase `--max-jobs' or enable distributed "
                                + "builds"));
        StorePath text = store.addText("specification", "{\"out\": {\".\": {\"text\": \"x\"}}}");
        NamedDerivation local = store.add(new DerivationBuilder("local", "builtin", "builtin:write-files")
                .source(text)
                .variable("specification", text.toString())
                .variable("preferLocalBuild", "1"));
        store.build(none, local);
        assertThat(store.output(local)).hasContent("x");
    }

    private void assertRefused(BuildOptions options, String message, NamedDerivation... wanted) {
        assertThatThrownBy(() -> store.build(options, wanted))
                .isInstanceOf(DaemonException.Refused.class)
                .hasMessageContaining(message);
    }

    private List<String> started() {
        List<String> names = new ArrayList<>();
        for (Event event : store.events()) {
            if (event instanceof Event.Started started && started.kind() == Event.Kind.BUILD) {
                String path = started.subject();
                names.add(path.substring("/gnu/store/".length() + 33, path.length() - ".drv".length()));
            }
        }
        return names;
    }

    private NamedDerivation file(String name, NamedDerivation... inputs) throws Exception {
        StringBuilder text = new StringBuilder(name);
        for (NamedDerivation input : inputs) {
            text.append(' ').append(input.output("out"));
        }
        return specified(name, "{\"out\": {\".\": {\"text\": \"" + text + "\"}}}", inputs);
    }

    private NamedDerivation broken(String name) throws Exception {
        return specified(name, "no JSON");
    }

    private NamedDerivation specified(String name, String specification, NamedDerivation... inputs) throws Exception {
        StorePath text = store.addText(name + "-specification", specification);
        DerivationBuilder builder = new DerivationBuilder(name, "builtin", "builtin:write-files")
                .source(text)
                .variable("specification", text.toString());
        for (NamedDerivation input : inputs) {
            builder.input(input);
        }
        return store.add(builder);
    }
}
