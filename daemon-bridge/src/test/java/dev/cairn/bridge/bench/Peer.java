// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.bridge.client.DaemonAddress;

import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.NixDaemonProcess;
import dev.cairn.testing.SharedData;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A daemon with a store of its own, and what it used of the machine.
 *
 * @param process the daemon itself; its children belong to it
 */
record Peer(String name, StoreLayout layout, DaemonAddress address, ProcessHandle process, Runnable end)
        implements AutoCloseable {
    private static final int TICKS_A_SECOND = 100;

    /** Where in {@code /proc/PID/stat} the processors' time stands, counted from behind the program's name. */
    private static final int USER_TIME = 11;

    /** Cairn's, by the launcher that is to be measured too: the virtual machine's options are in it. */
    static Peer cairn(Path folder) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("cairn-root")).toRealPath();
        Path socket = folder.resolve("cairn-socket");
        ProcessBuilder builder = new ProcessBuilder(
                        SharedData.repository().resolve("cairn").toString(), "daemon", "--listen=" + socket,
                        "--max-jobs=2")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cairn-daemon.log").toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("CAIRN_STORE_ROOT", root.toString());
        builder.environment().put("CAIRN_SKIP_BUILD", "1");
        Process process = builder.start();
        while (!Files.exists(socket)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(folder.resolve("cairn-daemon.log")));
            }
        }
        return new Peer(
                "Cairn",
                new StoreLayout(StoreDirectory.GNU, root),
                new DaemonAddress.Local(socket),
                process.toHandle(),
                () -> {
                    process.destroy();
                    process.onExit().join();
                });
    }

    static Peer nix(Path folder) throws IOException {
        NixDaemonProcess daemon = NixDaemonProcess.start(folder);
        return new Peer(
                "Nix", daemon.layout(), new DaemonAddress.Local(daemon.socket()), daemon.process(), daemon::close);
    }

    Daemon open() throws CairnException {
        return SocketDaemon.open(address, layout);
    }

    /** What the daemon and all processes that it started have had of the processors. */
    Duration processorTime() throws IOException {
        long ticks = 0;
        for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
            Path file = Path.of("/proc", Long.toString(each.pid()), "stat");
            if (Files.exists(file)) {
                String stat = Files.readString(file);
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                // Its own in the program and in the kernel, and that of children that have ended.
                for (int i = USER_TIME; i < USER_TIME + 4; i++) {
                    ticks += Long.parseLong(fields[i]);
                }
            }
        }
        return Duration.ofMillis(ticks * (1000 / TICKS_A_SECOND));
    }

    /** The most memory that any of the daemon's processes that are alive has had, in KiB. */
    long peakMemory() throws IOException {
        long most = 0;
        for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
            Path file = Path.of("/proc", Long.toString(each.pid()), "status");
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("VmHWM:")) {
                        most = Math.max(most, Long.parseLong(line.replaceAll("[^0-9]", "")));
                    }
                }
            }
        }
        return most;
    }

    @Override
    public void close() {
        end.run();
    }
}
