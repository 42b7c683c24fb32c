// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.daemon.DaemonException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out whether builders can be isolated on this machine, and if not, what its owner can do. */
final class SandboxCheck {
    private static final Path KERNEL = Path.of("/proc/sys/kernel");
    private static final Set<Path> USABLE = ConcurrentHashMap.newKeySet();

    private SandboxCheck() {}

    static DaemonException.SandboxUnavailable notInstalled() {
        return new DaemonException.SandboxUnavailable(
                "packages cannot be built: bubblewrap, which isolates builders, is not installed (no program 'bwrap')",
                "As root: apt install bubblewrap");
    }

    /** Tries a program out, once as long as it works. */
    static void requireUsable(Path program) throws DaemonException {
        if (USABLE.contains(program)) {
            return;
        }
        try {
            Process process = new ProcessBuilder(
                            program.toString(), "--unshare-all", "--uid", "30001", "--gid", "30000",
                            "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "/bin/sh", "-c", ":")
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String output = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new DaemonException.SandboxUnavailable(
                        "packages cannot be built: this machine does not let builders be isolated"
                                + (output.isEmpty() ? "" : " (" + output + ")"),
                        remedy());
            }
            USABLE.add(program);
        } catch (IOException e) {
            throw new DaemonException.SandboxUnavailable(
                    "packages cannot be built: " + e.getMessage(), "As root: apt install --reinstall bubblewrap");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DaemonException.Cancelled();
        }
    }

    private static String remedy() {
        if (is(KERNEL.resolve("unprivileged_userns_clone"), "0")) {
            return "User namespaces are switched off. As root: sysctl -w kernel.unprivileged_userns_clone=1";
        }
        if (is(Path.of("/proc/sys/user/max_user_namespaces"), "0")) {
            return "User namespaces are switched off. As root: sysctl -w user.max_user_namespaces=15000";
        }
        if (is(KERNEL.resolve("apparmor_restrict_unprivileged_userns"), "1")) {
            return "AppArmor restricts user namespaces. As root: "
                    + "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
        }
        return "User namespaces seem to be forbidden here, as in many containers: start the container with "
                + "'--security-opt seccomp=unconfined --security-opt systempaths=unconfined', "
                + "or use the machine itself.";
    }

    private static boolean is(Path file, String value) {
        try {
            return Files.readString(file).strip().equals(value);
        } catch (IOException _) {
            // Not every kernel has every switch.
            return false;
        }
    }
}
