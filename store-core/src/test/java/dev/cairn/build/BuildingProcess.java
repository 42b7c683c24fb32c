// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of its own that builds {@code NAME} in the store below {@code ROOT} with {@code SCRIPT}. */
public final class BuildingProcess {
    private BuildingProcess() {}

    /** Prints how many builders this process ran. */
    public static void main(String[] arguments) throws CairnException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]));
        AtomicInteger started = new AtomicInteger();
        try (Daemon daemon = LocalStore.open(layout)) {
            DerivationHasher<DaemonException> hasher = new DerivationHasher<>(StoreDirectory.GNU, _ -> {
                throw new AssertionError("there are no inputs");
            });
            NamedDerivation derivation = new DerivationBuilder(arguments[1], "x86_64-linux", "/bin/sh")
                    .argument("-c")
                    .argument(arguments[2])
                    .variable("hostTools", "1")
                    .variable("PATH", "/usr/bin:/bin")
                    .build(hasher);
            daemon.addText(derivation.name() + ".drv", derivation.text(), List.of());
            System.out.println("ready");
            daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, event -> {
                if (event instanceof Event.Started start && start.kind() == Event.Kind.BUILD) {
                    started.incrementAndGet();
                }
            });
            System.out.println("valid " + daemon.isValid(derivation.output("out")));
        }
        System.out.println("built " + started.get());
    }
}
