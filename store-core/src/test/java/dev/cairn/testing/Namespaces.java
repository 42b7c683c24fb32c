// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Skips tests that need what only some machines allow. */
public final class Namespaces {
    private static final boolean USABLE = tryOut();

    private Namespaces() {}

    /** Skips the test unless bubblewrap is installed and may make namespaces. */
    public static void assumeUsable() {
        Assumptions.assumeTrue(USABLE, "needs bubblewrap (apt install bubblewrap) and user namespaces");
    }

    /** Skips the test unless it runs as root. */
    public static void assumeRoot() throws IOException {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can become another user");
    }

    private static boolean tryOut() {
        try {
            return new ProcessBuilder("bwrap", "--unshare-all", "--dev-bind", "/", "/", "true")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
