// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreToolTest {
    private static final String BUSYBOX = "i2x7in8bk2b8b0c4vf76d8xnmaqjfdvd-busybox-1.35.0";

    @TempDir
    private Path folder;

    private StoreTool tools;
    private Path work;

    @BeforeEach
    void makeStore() throws Exception {
        Path archive = SharedData.require("data/guix-cache/nar/zstd/" + BUSYBOX);
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        Files.createDirectories(layout.physicalStore());
        try (InputStream in = new ZstdInputStream(Files.newInputStream(archive))) {
            new NarReader(in).read(NarFiles.restore(layout.physicalStore().resolve(BUSYBOX)));
        }
        work = Files.createDirectory(folder.resolve("work"));
        tools = new StoreTool(Bubblewrap.find(""), layout, folder);
    }

    private StoreTool.Ending sh(String script) throws IOException {
        return tools.run(
                List.of("/gnu/store/" + BUSYBOX + "/bin/busybox", "sh", "-c", script),
                work, folder.resolve("printed"));
    }

    @Test
    void runsAProgramOfTheStoreInAFolderOfItsOwn() throws Exception {
        StoreTool.Ending ending = sh("pwd; echo made > file; echo said >&2; echo $HOME $TZ; id -un; id -gn");
        assertThat(ending).isEqualTo(new StoreTool.Ending(0, "said"));
        assertThat(work.resolve("file")).hasContent("made");
        assertThat(folder.resolve("printed")).hasContent("/out\n/nonexistent UTC\nman\nman");
    }

    @Test
    void showsNothingOfTheMachine() throws Exception {
        Path busybox = Path.of("/gnu/store", BUSYBOX, "bin/busybox");
        StoreTool.Ending ending = sh("for name in /* /etc/*; do echo $name; done; echo x > " + busybox + " || exit 7");
        assertThat(ending.exitCode()).isEqualTo(7);
        List<String> names = new ArrayList<>(Files.readAllLines(folder.resolve("printed")));
        assertThat(names).containsExactly("/dev", "/etc", "/gnu", "/out", "/proc", "/tmp", "/etc/group", "/etc/passwd");
    }
}
