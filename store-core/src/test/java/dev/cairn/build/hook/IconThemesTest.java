// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.testing.MachinePrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of icons, beside those of the program with which Guix makes them. */
class IconThemesTest {
    private static final String FIRST = "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-first-1";
    private static final String SECOND = "/gnu/store/1123456789abcdfghijklmnpqrsvwxyz-second-1";
    private static final String THEME = "share/icons/hicolor";

    @TempDir
    private Path root;

    private Path file(String item, String name) throws IOException {
        Path file = root.resolve("root" + item).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name.endsWith(".icon") ? "[Icon Data]\nDisplayName=X\n" : "");
    }

    private void theme(String item) throws IOException {
        Files.writeString(file(item, THEME + "/index.theme"), """
                [Icon Theme]
                Name=Hicolor
                Directories=16x16/apps
                [16x16/apps]
                Size=16
                """);
    }

    private Path make() throws IOException {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root.resolve("root"));
        Path output = Files.createDirectory(root.resolve("output"));
        IconThemes.add(new HookInputs(new LogicalFiles(layout), List.of(Path.of(FIRST), Path.of(SECOND))), output);
        return output.resolve(THEME).resolve("icon-theme.cache");
    }

    /** What a file says: lines of icon, folder and kinds. */
    private static SortedMap<String, Integer> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(in.getInt(0)).isEqualTo(1 << 16);
        SortedMap<String, Integer> icons = new TreeMap<>();
        int table = in.getInt(4);
        int folders = in.getInt(8);
        for (int bucket = 1; bucket <= in.getInt(table); bucket++) {
            for (int icon = in.getInt(table + 4 * bucket); icon != -1; icon = in.getInt(icon)) {
                int images = in.getInt(icon + 8);
                for (int i = 0; i < in.getInt(images); i++) {
                    int folder = in.getShort(images + 4 + 8 * i);
                    String line = text(in, in.getInt(icon + 4)) + " in "
                            + text(in, in.getInt(folders + 4 + 4 * folder));
                    icons.put(line, (int) in.getShort(images + 6 + 8 * i));
                }
            }
        }
        return icons;
    }

    private static String text(ByteBuffer in, int place) {
        int end = place;
        while (in.get(end) != 0) {
            end++;
        }
        return new String(in.array(), place, end - place, StandardCharsets.ISO_8859_1);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void listsIconsAsGtkUpdateIconCacheDoes() throws Exception {
        Path program = MachinePrograms.require("gtk-update-icon-cache", "/usr/bin/gtk-update-icon-cache");
        theme(FIRST);
        for (String name : List.of(
                "top.png", "16x16/above.png", "16x16/apps/a.png", "48x48/apps/a.png", "48x48/apps/a.xpm",
                "48x48/apps/a.icon", "48x48/apps/alone.icon", "48x48/apps/deep/er/d.png", "48x48/apps/two.dots.png",
                "48x48/apps/X.PNG", "48x48/apps/y.jpg", "scalable/apps/a.svg", "scalable/apps/b.svgz",
                "symbolic/apps/a-symbolic.svg", "symbolic/apps/c-symbolic.symbolic.png", "empty/readme")) {
            file(FIRST, THEME + "/" + name);
        }
        for (int i = 0; i < 300; i++) {
            file(FIRST, THEME + "/32x32/many/icon-" + i * i + ".png");
        }
        Path theme = root.resolve("root" + FIRST).resolve(THEME);
        Files.createSymbolicLink(theme.resolve("50x50"), Path.of("48x48"));
        Files.createSymbolicLink(theme.resolve("16x16/apps/link.png"), Path.of("a.png"));
        Files.createSymbolicLink(theme.resolve("16x16/apps/dangling.png"), Path.of("nothing.png"));
        Path ours = make();
        assertThat(run(program.toString(), "--force", "--index-only", theme.toString())).isZero();
        Path theirs = theme.resolve("icon-theme.cache");
        assertThat(read(ours)).isEqualTo(read(theirs)).containsEntry("a in 48x48/apps", 13);
        Files.delete(theirs);
        Files.copy(ours, theirs);
        assertThat(run(program.toString(), "--validate", theme.toString())).isZero();
    }

    @Test
    void listsIconsOfAllPackagesWhateverTheirNames() throws Exception {
        theme(FIRST);
        file(FIRST, THEME + "/16x16/apps/one.png");
        file(FIRST, THEME + "/16x16/apps/both.png");
        Files.writeString(file(FIRST, THEME + "/icon-theme.cache"), "of the first alone");
        file(SECOND, THEME + "/16x16/apps/th\u00e9 vert.png");
        file(SECOND, THEME + "/16x16/apps/both.png");
        file(SECOND, THEME + "/48x48/apps/both.svg");
        file(SECOND, "share/icons/undescribed/16x16/apps/two.png");
        Path cache = make();
        assertThat(read(cache)).isEqualTo(new TreeMap<>(Map.of(
                "one in 16x16/apps", 4, "both in 16x16/apps", 4, "both in 48x48/apps", 2,
                "th\u00c3\u00a9 vert in 16x16/apps", 4)));
        assertThat(root.resolve("output/share/icons/undescribed")).doesNotExist();
    }

    @Test
    void leavesOutAThemeInWhichLinksLeadUpwards() throws Exception {
        theme(FIRST);
        file(FIRST, THEME + "/16x16/apps/one.png");
        Path theme = root.resolve("root" + FIRST).resolve(THEME);
        for (String name : List.of("a", "b", "c", "d")) {
            Files.createSymbolicLink(theme.resolve(name), Path.of("."));
        }
        assertThat(make()).doesNotExist();
    }
}
