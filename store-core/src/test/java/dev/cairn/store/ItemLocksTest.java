// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of lock files are those of store-layout.json, lock_file_after_success. */
class ItemLocksTest {
    @TempDir
    Path folder;

    private StoreLayout layout;
    private StorePath path;
    private Path file;

    @BeforeEach
    void makeStore() throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, folder);
        Files.createDirectories(layout.physicalStore());
        path = StoreDirectory.GNU.item("0".repeat(32) + "-item");
        file = Path.of(layout.physical(path) + ".lock");
    }

    @Test
    void deletesTheFileAfterSuccessAndMarksWhatWaitersHaveOpen() throws Exception {
        try (RandomAccessFile waiter = openAfter(ItemLocks.acquire(layout, List.of(path)), true)) {
            assertThat(file).doesNotExist();
            assertThat(waiter.length()).isEqualTo(1);
            assertThat(waiter.read()).isEqualTo('d');
        }
    }

    @Test
    void leavesAnEmptyFileAfterFailure() throws Exception {
        openAfter(ItemLocks.acquire(layout, List.of(path)), false).close();
        assertThat(file).isEmptyFile();
        ItemLocks.acquire(layout, List.of(path)).close();
    }

    @Test
    void letsOneHolderInAtATimeThoughTheFileIsDeletedEachTime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger rounds = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                threads.submit(() -> {
                    try (ItemLocks locks = ItemLocks.acquire(layout, List.of(path))) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        rounds.incrementAndGet();
                        inside.decrementAndGet();
                        locks.succeeded();
                    }
                    return null;
                });
            }
        }
        assertThat(most).hasValue(1);
        assertThat(rounds).hasValue(40);
        assertThat(file).doesNotExist();
    }

    /** Ends the locks while somebody else, a process in real life, has the file open. */
    private RandomAccessFile openAfter(ItemLocks locks, boolean success) throws Exception {
        try (locks) {
            RandomAccessFile waiter = new RandomAccessFile(file.toFile(), "r");
            if (success) {
                locks.succeeded();
            }
            return waiter;
        }
    }
}
