// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import dev.cairn.testing.NixDaemonProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds by a real nix-daemon, and what a session lives through. */
class SocketDaemonTest {
    private static final String[] HOST = {"/bin", "/usr", "/lib", "/lib64"};

    @TempDir
    private Path folder;

    private NixDaemonProcess nix;
    private Daemon daemon;

    @BeforeEach
    void open() throws CairnException, IOException {
        nix = NixDaemonProcess.start(folder, existing());
        daemon = SocketDaemon.open(new DaemonAddress.Local(nix.socket()), nix.layout());
    }

    private static String[] existing() {
        return List.of(HOST).stream().filter(name -> Files.exists(Path.of(name))).toArray(String[]::new);
    }

    @AfterEach
    void close() throws CairnException {
        if (nix != null) {
            daemon.close();
            nix.close();
        }
    }

    @Test
    void tellsOfBuildersAndWhatTheyWrite() throws Exception {
        NamedDerivation derivation = script("talking", "echo hello; echo done > $out");
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, events::add);
        assertThat(events).first().isInstanceOfSatisfying(Event.Started.class, started -> {
            assertThat(started.kind()).isEqualTo(Event.Kind.BUILD);
            assertThat(started.subject()).isEqualTo(derivation.path().toString());
        });
        assertThat(events)
                .filteredOn(Event.LogLine.class::isInstance)
                .extracting(event -> ((Event.LogLine) event).line())
                .containsExactly("hello");
        assertThat(events).last().isInstanceOf(Event.Finished.class);
        assertThat(daemon.physical(derivation.output("out"))).hasContent("done");
        try (InputStream log = daemon.buildLog(derivation.path()).orElseThrow()) {
            assertThat(log).hasContent("hello\n");
        }
        assertThat(daemon.validDerivers(derivation.output("out"))).containsExactly(derivation.path());
    }

    @Test
    void saysWhichBuildFailedAndHow() throws Exception {
        NamedDerivation derivation = script("failing", "echo about to fail; exit 3");
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        assertThatThrownBy(() -> daemon.build(
                        List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, events::add))
                .isInstanceOfSatisfying(DaemonException.BuildFailed.class, failed -> {
                    assertThat(failed.derivation()).isEqualTo(derivation.path());
                    assertThat(failed).hasMessageContaining("exit code 3");
                    assertThat(failed.lastLines()).containsExactly("about to fail");
                    assertThat(failed.log()).isPresent();
                });
        assertThat(events).last().isInstanceOf(Event.Failed.class);
    }

    @Test
    void interruptingABuildEndsItAndNothingElse() throws Exception {
        StorePath mine = daemon.addText("mine", "mine".getBytes(StandardCharsets.UTF_8), List.of());
        NamedDerivation derivation = script("sleeping", "echo asleep; sleep 600");
        CountDownLatch asleep = new CountDownLatch(1);
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        Thread building = Thread.ofVirtual().start(() -> {
            try {
                daemon.build(List.of(BuildTarget.all(derivation.path())), BuildOptions.DEFAULT, event -> {
                    if (event instanceof Event.LogLine) {
                        asleep.countDown();
                    }
                });
                outcome.complete(new IllegalStateException("it was not interrupted"));
            } catch (DaemonException e) {
                outcome.complete(e);
            }
        });
        assertThat(asleep.await(60, TimeUnit.SECONDS)).isTrue();
        building.interrupt();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(daemon.isValid(derivation.output("out"))).isFalse();
        try (Daemon other = daemon.newSession()) {
            assertThat(other.collectGarbage(CollectionRequest.listDead(), EventSink.NONE).paths())
                    .doesNotContain(mine.toString());
        }
    }

    @Test
    void outlivesTheDaemonAndHoldsAgainWhatItHeld() throws Exception {
        StorePath mine = daemon.addText("mine", "mine".getBytes(StandardCharsets.UTF_8), List.of());
        nix.close();
        assertThatThrownBy(() -> daemon.isValid(mine))
                .isInstanceOfSatisfying(DaemonException.Unavailable.class, gone ->
                        assertThat(gone.reason()).isEqualTo(DaemonException.Unavailable.Reason.ABSENT));
        nix = NixDaemonProcess.start(folder, existing());
        assertThat(daemon.isValid(mine)).isTrue();
        StorePath next = daemon.addText("next", "next".getBytes(StandardCharsets.UTF_8), List.of());
        try (Daemon other = daemon.newSession()) {
            assertThat(other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE)
                            .paths())
                    .doesNotContain(mine.toString(), next.toString());
        }
        assertThat(daemon.valid(List.of(mine, next))).containsExactlyInAnyOrder(mine, next);
    }

    private NamedDerivation script(String name, String text) throws Exception {
        DerivationHasher<IllegalStateException> hasher = new DerivationHasher<>(daemon.storeDirectory(), path -> {
            throw new IllegalStateException("no input expected: " + path);
        });
        NamedDerivation derivation = new DerivationBuilder(name, "x86_64-linux", "/bin/sh")
                .argument("-c")
                .argument(text)
                .variable("PATH", "/usr/bin:/bin")
                .build(hasher);
        daemon.addText(
                derivation.name() + NamedDerivation.SUFFIX, derivation.text(), derivation.derivation().references());
        return derivation;
    }
}
