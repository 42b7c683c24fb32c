// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.profile.Generation;
import dev.cairn.profile.LockedProfile;
import dev.cairn.profile.Profile;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The process that {@link CrashTest} kills. It changes a profile over and over until it is killed, and says on standard
 * output before each change which generation will be current after it.
 */
final class CrashChild {
    private final Daemon daemon;
    private final Profile profile;
    private final Transactions transactions;

    private CrashChild(Daemon daemon, StoreLayout layout, Path scratch) {
        TestPackages packages = packages(scratch);
        this.daemon = daemon;
        this.profile = profile(layout);
        this.transactions = new Transactions(daemon, packages, List.of(packages), "x86_64-linux");
    }

    static StoreLayout layout(Path folder) {
        return new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
    }

    static Profile profile(StoreLayout layout) {
        return Profile.ofUser(layout, Map.of("USER", "alice"));
    }

    static TestPackages packages(Path scratch) {
        return new TestPackages("test", scratch)
                .with("hello", "1.0")
                .with("hello", "2.0")
                .with("lib", "1.0")
                .with("tool", "1.0", "lib");
    }

    /** Arguments: the folder of the test; the number of the daemon's call to die at, 0 to go on until killed. */
    public static void main(String[] arguments) throws CairnException, IOException {
        Path folder = Path.of(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        StoreLayout layout = layout(folder);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        try (Daemon store = LocalStore.open(layout)) {
            Daemon daemon = last == 0 ? store : CountedDaemon.around(store, number -> {
                if (number == last) {
                    // As abrupt as a signal: no hooks, no finally blocks.
                    Runtime.getRuntime().halt(137);
                }
            });
            CrashChild child = new CrashChild(daemon, layout, scratch);
            say("ready");
            if (last == 0) {
                child.workUntilKilled();
            } else {
                child.install("tool", "hello@2.0");
                say("survived");
            }
        }
    }

    private void workUntilKilled() throws CairnException {
        while (true) {
            install("hello@1.0");
            install("tool");
            rollBack();
            install("hello@2.0");
            SortedSet<Integer> numbers = profile.numbers();
            int target = numbers.last();
            will(target);
            transactions.switchTo(profile, target);
            remove("hello");
            // Generations must not pile up: each is looked at after the kill.
            if (numbers.size() > 8) {
                int current = profile.currentNumber();
                try (LockedProfile locked = profile.lockExisting()) {
                    locked.delete(numbers.stream().filter(n -> n > 0 && n != current).toList());
                }
            }
            daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
        }
    }

    private void install(String... specifications) throws CairnException {
        change(List.of(specifications).stream()
                .<Request>map(text -> new Request.Install(TestPackages.specification(text)))
                .toList());
    }

    private void remove(String specification) throws CairnException {
        change(List.of(new Request.Remove(TestPackages.specification(specification))));
    }

    private void change(List<Request> requests) throws CairnException {
        Plan plan = transactions.plan(profile, requests);
        SortedSet<Integer> numbers = profile.numbers();
        will(plan.isEmpty() ? plan.base() : Math.max(plan.base(), numbers.isEmpty() ? 0 : numbers.last()) + 1);
        transactions.apply(plan, BuildOptions.DEFAULT, EventSink.NONE);
    }

    private void rollBack() throws CairnException {
        will(profile.generation(profile.currentNumber()).map(Generation::parent).orElseThrow().orElseThrow());
        transactions.rollBack(profile);
    }

    private void will(int next) throws CairnException {
        say("from " + profile.currentNumber() + " to " + next);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
