// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PosixLockTest {
    @TempDir
    Path folder;

    @Test
    void excludesThreadsOfThisProcess() throws Exception {
        Path file = folder.resolve("lock");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> {
                    try (PosixLock _ = PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                    }
                    return null;
                });
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void letsSharedHoldersInTogetherAndTheExclusiveOneAfterTheLast() throws Exception {
        Path file = folder.resolve("lock");
        PosixLock one = PosixLock.acquire(file, PosixLock.Mode.SHARED);
        PosixLock two = PosixLock.acquire(file, PosixLock.Mode.SHARED);
        one.close();
        one.close();
        assertThat(PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE)).isEmpty();
        two.close();
        try (PosixLock three = PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE).orElseThrow()) {
            assertThat(three.mode()).isEqualTo(PosixLock.Mode.EXCLUSIVE);
            assertThat(PosixLock.tryAcquire(file, PosixLock.Mode.SHARED)).isEmpty();
        }
    }

    @Test
    void excludesOtherProcesses() throws Exception {
        Path file = folder.resolve("lock");
        try (OtherProcess other = new OtherProcess(file, PosixLock.Mode.SHARED)) {
            assertThat(PosixLock.tryAcquire(file, PosixLock.Mode.EXCLUSIVE)).isEmpty();
            PosixLock.tryAcquire(file, PosixLock.Mode.SHARED).orElseThrow().close();
            other.kill();
            PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE).close();
        }
    }

    @Test
    void saysWhatTheSystemLacksWhereItDoesNotKnowSuchLocks() throws Exception {
        int unknown = 123_456;
        try (NativeFile file = NativeFile.open(folder.resolve("lock"))) {
            assertThatThrownBy(() -> file.tryLock(false, unknown))
                    .isInstanceOfSatisfying(NoLocksException.class, failure -> {
                        assertThat(IoReasons.describe(failure)).contains("this system has no locks");
                        assertThat(IoReasons.hint(failure).orElseThrow()).contains("gVisor").contains("WSL 1");
                    });
        }
    }

    @Test
    void waitsForAnotherProcessUntilInterrupted() throws Exception {
        Path file = folder.resolve("lock");
        try (OtherProcess _ = new OtherProcess(file, PosixLock.Mode.EXCLUSIVE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = threads.submit(() -> PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE));
            Thread.sleep(20);
            assertThat(waiting.isDone()).isFalse();
            threads.shutdownNow();
            assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(InterruptedIOException.class);
        }
        PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE).close();
    }

    @Test
    void writesToTheLockedFileEvenAfterItLostItsName() throws Exception {
        Path file = folder.resolve("lock");
        try (PosixLock lock = PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE)) {
            assertThat((Integer) Files.getAttribute(file, "unix:mode") & 0777).isEqualTo(0600);
            Files.delete(file);
            Thread.currentThread().interrupt();
            lock.append(new byte[] {'d'});
            assertThat(Thread.interrupted()).isTrue();
            assertThat(lock.size()).isEqualTo(1);
        }
    }

    @Test
    void excludesWhoeverComesByAnotherName() throws Exception {
        Path file = folder.resolve("lock");
        Path other = Files.createSymbolicLink(folder.resolve("alias"), folder).resolve("lock");
        try (PosixLock _ = PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE)) {
            assertThat(PosixLock.tryAcquire(other, PosixLock.Mode.EXCLUSIVE)).isEmpty();
        }
        PosixLock.tryAcquire(other, PosixLock.Mode.EXCLUSIVE).orElseThrow().close();
    }

    @Test
    void isNotLostWhenAnotherDescriptorOfTheFileIsClosed() throws Exception {
        Path file = folder.resolve("lock");
        try (PosixLock _ = PosixLock.acquire(file, PosixLock.Mode.EXCLUSIVE)) {
            assertThat(Files.readAllBytes(file)).isEmpty();
            assertThat(new ProcessBuilder("flock", "--nonblock", "--exclusive", file.toString(), "true")
                            .start()
                            .waitFor())
                    .isNotZero();
            assertThat(isFreeForProcesses(file)).isFalse();
        }
        assertThat(isFreeForProcesses(file)).isTrue();
    }

    @Test
    void keepsOutWhoLocksByProcessAndIsKeptOutByThem() throws Exception {
        Path file = folder.resolve("lock");
        PosixLock shared = PosixLock.acquireByFcntl(file, PosixLock.Mode.SHARED);
        assertThat(isFreeForProcesses(file)).isFalse();
        shared.close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            assertThat(PosixLock.tryAcquire(file, PosixLock.Mode.SHARED)).isEmpty();
        }
        PosixLock.tryAcquire(file, PosixLock.Mode.SHARED).orElseThrow().close();
    }

    /** Whether the lock of fcntl(2) that belongs to a process, as Guix's daemon takes it, can be had. */
    private static boolean isFreeForProcesses(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        }
    }

    @Test
    void readsAllOfTheLockedFileOrSaysThatItIsTooLong() throws Exception {
        Path file = Files.writeString(folder.resolve("lock"), "x".repeat(100_000));
        try (PosixLock lock = PosixLock.acquire(file, PosixLock.Mode.SHARED)) {
            assertThat(lock.readAll(100_000)).isEqualTo(Files.readAllBytes(file));
            assertThatThrownBy(() -> lock.readAll(99_999)).hasMessageContaining("100000 octets");
        }
    }

    /** A child JVM that takes a lock, says so, and holds it until it is killed. */
    static final class OtherProcess implements AutoCloseable {
        private final Process process;

        OtherProcess(Path file, PosixLock.Mode mode) throws Exception {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xshare:auto",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            file.toString(),
                            mode.name())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            assertThat(reader.readLine()).isEqualTo("locked");
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** The main class of the child. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (PosixLock _ = PosixLock.acquire(Path.of(arguments[0]), PosixLock.Mode.valueOf(arguments[1]))) {
                System.out.println("locked");
                Thread.sleep(60_000);
            }
        }
    }
}
