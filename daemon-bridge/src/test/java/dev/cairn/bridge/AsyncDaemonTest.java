// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.Operations.Weight;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.InMemoryDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncDaemonTest {
    private InMemoryDaemon store;
    private AsyncDaemon daemon;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        store = new InMemoryDaemon(folder);
        daemon = new AsyncDaemon(store, 1);
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void asksWhatTheStoreAnswers() throws Exception {
        StorePath text = daemon.addText("hello", "hello".getBytes(StandardCharsets.US_ASCII), List.of())
                .await();
        assertThat(store.isValid(text)).isTrue();
        assertThat(daemon.pathInfo(text).await()).isEqualTo(store.pathInfo(text));
        assertThat(daemon.requisites(List.of(text)).await()).isEqualTo(store.requisites(List.of(text)));
        assertThat(daemon.graph().await().paths()).containsExactly(text);
    }

    @Test
    void buildsAndTellsOfIt() throws Exception {
        BuildTarget target = target();
        List<Event> got = Collections.synchronizedList(new ArrayList<>());
        assertThat(daemon.build(List.of(target), BuildOptions.DEFAULT, batch -> got.addAll(batch.events()))
                        .await())
                .containsExactly(target);
        assertThat(store.derivationOutputs(target.derivation()).values())
                .allSatisfy(output -> assertThat(store.isValid(output)).isTrue());
        assertThat(got).hasAtLeastOneElementOfType(Event.Started.class);
    }

    @Test
    void failsAsTheStoreFails() throws Exception {
        BuildTarget target = target();
        store.failBuildsOf(target.derivation());
        assertThatThrownBy(daemon.build(List.of(target), BuildOptions.DEFAULT, EventListener.NONE)::await)
                .isInstanceOf(DaemonException.BuildFailed.class);
    }

    @Test
    void runsSeveralCallsAsOneOperation() throws Exception {
        Operation<Integer> operation = daemon.run(
                Weight.HEAVY,
                (session, _) -> {
                    StorePath a = session.addText("a", new byte[0], List.of());
                    StorePath b = session.addText("b", new byte[0], List.of(a));
                    return session.requisites(List.of(b)).size();
                },
                EventListener.NONE);
        assertThat(operation.await()).isEqualTo(2);
    }

    private BuildTarget target() throws Exception {
        DerivationHasher<RuntimeException> hasher = new DerivationHasher<>(StoreDirectory.GNU, _ -> {
            throw new AssertionError("no inputs");
        });
        NamedDerivation named = new DerivationBuilder("x", "x86_64-linux", "builtin:nothing").build(hasher);
        StorePath path = store.addText("x.drv", named.text(), List.of());
        return BuildTarget.all(path);
    }
}
