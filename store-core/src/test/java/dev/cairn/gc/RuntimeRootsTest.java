// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Root;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of store-layout.json, gc_runtime_roots, in a folder laid out like /proc, and one real process. */
class RuntimeRootsTest {
    private static final String HASH = "0123456789abcdfghijklmnpqrsvwxyz";

    @TempDir
    Path folder;

    @Test
    void findsWhatProcessesUseButNotTheirArguments() throws Exception {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        Path process = Files.createDirectories(folder.resolve("proc/42/fd")).getParent();
        link(process.resolve("exe"), "/gnu/store/" + HASH + "-exe/bin/exe (deleted)");
        link(process.resolve("cwd"), "/gnu/store/" + HASH + "-foo/share");
        link(process.resolve("fd/0"), layout.physicalStore() + "/" + HASH + "-bar/bin/bar");
        link(process.resolve("fd/1"), "socket:[1234]");
        Files.writeString(
                process.resolve("maps"),
                "7f00-7f01 r-xp 00000000 fe:00 42   /gnu/store/" + HASH
                        + "-sh/bin/sh\n7f02-7f03 rw-p 0 00:00 0 [heap]\n");
        Files.writeString(
                process.resolve("environ"),
                "PATH=/bin:/gnu/store/" + HASH + "-baz/bin\0X=/gnu/store/" + HASH + "-odd=name\0");
        Files.writeString(process.resolve("cmdline"), "/gnu/store/" + HASH + "-qux\0");
        Files.createDirectories(folder.resolve("proc/self"));
        assertThat(new RuntimeRoots(layout, folder.resolve("proc")).find())
                .allSatisfy(root -> assertThat(root.kind()).isEqualTo(Root.Kind.PROCESS))
                .allSatisfy(root -> assertThat(root.name()).isEqualTo("pid 42"))
                .extracting(root -> root.item().name())
                .containsExactly("bar", "baz", "exe", "foo", "odd", "odd=name", "sh");
    }

    @Test
    void findsARealProcessInTheStore() throws Exception {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        Path item = Files.createDirectories(layout.physicalStore().resolve(HASH + "-item"));
        Process process = new ProcessBuilder("sleep", "60").directory(item.toFile()).start();
        try {
            assertThat(new RuntimeRoots(layout, Path.of("/proc")).find())
                    .contains(new Root(
                            Root.Kind.PROCESS, "pid " + process.pid(), StoreDirectory.GNU.item(HASH + "-item")));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void link(Path link, String target) throws IOException {
        Files.createSymbolicLink(link, Path.of(target));
    }
}
