// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopExportsTest {
    private static final String ICON = "usr/share/icons/hicolor/48x48/apps/";

    private DebianStore store;
    private Profile profile;
    private Launchers launchers;
    private Path data;
    private Path tool;

    @BeforeEach
    void makeStore(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        store = new DebianStore(folder.resolve("data/my cairn"));
        profile = new Profile(store.layout, store.layout.profiles().resolve("guix-profile"));
        launchers = new Launchers(store.layout, Optional.of(data));
        tool = store.contents("tool", "Depends: other\n");
        DebianStore.program(tool, "usr/bin/tool", "echo");
        DebianStore.program(tool, "usr/lib/tool/helper", "echo");
        Path other = store.contents("other", "");
        DebianStore.program(other, "usr/bin/other", "echo");
        DebianStore.program(other, "usr/bin/env", "echo");
        DebianStore.file(other, "usr/share/applications/other.desktop", entry("other", ""));
    }

    @Test
    void startsLaunchersFromTheMenu() throws Exception {
        DebianStore.file(tool, "usr/share/applications/org.example.Tool.desktop", """
                [Desktop Entry]
                Type=Application
                Name=Tool
                Exec=tool --open %U
                TryExec=/usr/bin/tool
                Icon=org.example.Tool
                DBusActivatable=true
                MimeType=text/plain;
                NoDisplay=true
                Path=/nowhere
                X-Cairn=/etc
                Actions=help;host;

                [Desktop Action help]
                Name=Help
                Exec=/usr/lib/tool/helper "a b"

                [Desktop Action host]
                Name=Host
                Exec=/sbin/reboot
                """);
        DebianStore.file(tool, ICON + "org.example.Tool.png", "an icon");
        DebianStore.file(tool, ICON + "unrelated.png", "another");
        install("tool");
        assertThat(exported("org.example.Tool")).isEqualTo("""
                [Desktop Entry]
                Type=Application
                Name=Tool
                Exec="%1$s/bin/tool" --open %%U
                TryExec=%1$s/bin/tool
                Icon=org.example.Tool
                MimeType=text/plain;
                NoDisplay=true
                X-Cairn=%1$s
                Actions=help;
                StartupWMClass=org.example.Tool

                [Desktop Action help]
                Name=Help
                Exec="%1$s/bin/.cairn-run" /usr/lib/tool/helper "a b"
                """.formatted(store.layout.root()));
        assertThat(data.resolve("icons/hicolor/48x48/apps/org.example.Tool.png")).hasContent("an icon");
        assertThat(files(data.resolve("applications"))).hasSize(1);
        assertThat(files(data.resolve("icons"))).hasSize(1);
    }

    @Test
    void vanishesWithThePackageAndComesBackWithIt() throws Exception {
        DebianStore.file(tool, "usr/share/applications/tool.desktop", entry("tool", "Icon=tool\n"));
        DebianStore.file(tool, "usr/share/pixmaps/tool.xpm", "pixels");
        Path with = install("tool");
        assertThat(files(data.resolve("icons"))).containsExactly(data.resolve("icons/tool.xpm"));
        Path without = store.layout.physicalStore().resolve(store.name("profile"));
        Files.createDirectories(without);
        Files.writeString(without.resolve("manifest"), "(manifest (version 4) (packages ()))");
        follow(2, without);
        assertThat(files(data.resolve("applications"))).isEmpty();
        assertThat(files(data.resolve("icons"))).isEmpty();
        assertThat(store.layout.root().resolve("var/cairn/exported")).doesNotExist();
        follow(1, with);
        assertThat(exported("tool")).contains("bin/tool");
    }

    @Test
    void leavesFilesOfOthersAlone() throws Exception {
        DebianStore.file(tool, "usr/share/applications/tool.desktop", entry("tool", "Icon=tool\n"));
        DebianStore.file(tool, ICON + "tool.png", "theirs");
        Path icon = data.resolve("icons/hicolor/48x48/apps/tool.png");
        Files.createDirectories(icon.getParent());
        Files.writeString(icon, "mine");
        Files.createDirectories(data.resolve("applications"));
        Files.writeString(data.resolve("applications/cairn-tool.desktop"), "mine");
        Path first = install("tool");
        Files.delete(first.resolve("debian"));
        launchers.follow(profile);
        assertThat(icon).hasContent("mine");
        assertThat(data.resolve("applications/cairn-tool.desktop")).hasContent("mine");
    }

    @Test
    void keepsWhatTheUserChangedUntilThePackageGoes() throws Exception {
        DebianStore.file(tool, "usr/share/applications/tool.desktop", entry("tool", "Icon=tool\n"));
        DebianStore.file(tool, ICON + "tool.png", "theirs");
        Path item = install("tool");
        Path entry = data.resolve("applications/cairn-tool.desktop");
        Path icon = data.resolve("icons/hicolor/48x48/apps/tool.png");
        Files.writeString(entry, Files.readString(entry) + "Hidden=true\n");
        Files.writeString(icon, "painted");
        launchers.follow(profile);
        launchers.follow(profile);
        assertThat(entry).content().contains("Hidden=true");
        Files.delete(item.resolve("debian"));
        launchers.follow(profile);
        assertThat(entry).doesNotExist();
        assertThat(icon).hasContent("painted");
    }

    @Test
    void passesOverWhatIsHostileOrNotOfTheTree() throws Exception {
        String folder = "usr/share/applications/";
        DebianStore.file(tool, folder + "host.desktop", entry("/bin/reboot", ""));
        DebianStore.file(tool, folder + "shell.desktop", entry("$(tool)", ""));
        DebianStore.file(tool, folder + "line.desktop", entry("tool\\nExec=x", ""));
        DebianStore.file(tool, folder + "hidden.desktop", entry("tool", "Hidden=true\n"));
        DebianStore.file(tool, folder + "lacks.desktop", entry("tool", "TryExec=absent\n"));
        DebianStore.file(tool, folder + "huge.desktop", entry("tool", "#" + "x".repeat(DesktopEntry.LARGEST)));
        DebianStore.file(tool, folder + "icon.desktop", entry("tool", "Icon=../../../../tool\n"));
        Files.createSymbolicLink(
                tool.resolve("tree").resolve(folder).resolve("link.desktop"), Path.of("/etc/passwd"));
        Path out = data.resolve("out");
        Files.writeString(out, entry("tool", ""));
        Files.createSymbolicLink(
                tool.resolve("tree").resolve(folder).resolve("leading-out.desktop"), out);
        install("tool");
        assertThat(files(data.resolve("applications"))).containsExactly(
                data.resolve("applications/cairn-icon.desktop"));
        assertThat(files(data.resolve("icons"))).isEmpty();
    }

    @Test
    void startsInTheFolderOfTheTreeThatTheEntryNames() throws Exception {
        DebianStore.file(tool, "usr/share/tool/data", "");
        DebianStore.file(tool, "usr/share/applications/tool.desktop", entry("tool -x", "Path=/usr/share/tool\n"));
        install("tool");
        assertThat(exported("tool"))
                .contains("bin/.cairn-run\" /usr/bin/env -C /usr/share/tool /usr/bin/tool -x\n")
                .doesNotContain("Path=");
    }

    private static String entry(String exec, String more) {
        return "[Desktop Entry]\nType=Application\nName=A name\nExec=" + exec + "\n" + more;
    }

    private Path install(String... asked) throws Exception {
        Path item = store.profileItem(asked);
        follow(1, item);
        return item;
    }

    private void follow(int number, Path item) throws Exception {
        DebianStore.switchTo(profile, number, item);
        launchers.follow(profile);
    }

    private String exported(String name) throws IOException {
        return Files.readString(data.resolve("applications/cairn-" + name + ".desktop"));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }
}
