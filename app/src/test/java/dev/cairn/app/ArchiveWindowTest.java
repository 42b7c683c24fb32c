// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.testing.debian.MiniArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The real window on a machine whose apt names an archive, from the first start on. */
@ExtendWith(ApplicationExtension.class)
class ArchiveWindowTest {
    @TempDir
    private Path folder = Path.of("/");

    private Path machine = Path.of("/");
    private MiniArchive archive = MiniArchive.in(Path.of("/"));
    private Workspace workspace;
    private CairnWindow window;

    @Start
    void open(Stage stage) throws Exception {
        machine = folder.resolve("machine");
        archive = MiniArchive.in(machine.resolve("archive"));
        archive.suite("stable")
                .add("main", deb("libc", "1:2.0~rc1-1"), deb("extra", "1.0"))
                .add("main", deb("tool", "1.0-1")
                        .depends("libc (>= 1:2.0~)")
                        .field("Recommends", "extra")
                        .file("usr/bin/tool-as-root", 04755, "#!/bin/sh\nid\n"));
        archive.write();
        Files.createDirectories(machine.resolve("etc/apt"));
        Files.writeString(machine.resolve("etc/os-release"), "ID=mini\n");
        Files.writeString(machine.resolve("etc/apt/sources.list"), line(archive, "stable"));

        Installation nothing = new Installation(Optional.of(folder.resolve("nothing")));
        Path home = folder.resolve("home");
        workspace = Workspace.of(TestWindow.environment(home), Choices.NONE, nothing, machine);
        window = TestWindow.open(stage, workspace, home);
    }

    @AfterEach
    void close(FxRobot robot) throws Exception {
        robot.interact(() -> window.stage().close());
        window.close();
    }

    @Test
    void fetchesInstallsUpgradesWhatIsNeededAndGoesBack(FxRobot robot) throws Exception {
        Namespaces.assumeUsable();
        WindowPage page = new WindowPage(robot, window);
        page.awaitText("#fetch-offer", "mini").click("#fetch-offer-accept");
        page.awaitText("#packages", "tool").search("too").openFirst("tool");
        page.awaitText("#details", "misc").awaitText("#details", "A Maintainer");

        page.click("#details-install").awaitText("#preview", "prebuilt").awaitText("#preview", "needed by tool");
        page.awaitText("#preview", "extra").click("#preview-recommended");
        page.apply().awaitGeneration(1).awaitText("#run", "cairn run tool");
        assertThat(versionOf("libc")).isEqualTo("1:2.0~rc1-1");
        assertThat(versionOf("extra")).isEqualTo("none");
        page.awaitText("#notes", "set-user-ID");
        assertThat(workspace.layout().launchers().resolve("tool")).isExecutable();

        archive.suite("stable").remove("libc").add("main", deb("libc", "1:2.0-1"));
        archive.write();
        page.section(KeyCode.DIGIT7).click("#source-refresh-mini");
        page.section(KeyCode.DIGIT3).awaitText("#updates", "needed by tool").click("#upgrade-all");
        page.awaitText("#preview", "Upgrades").apply().awaitGeneration(2);
        assertThat(versionOf("libc")).isEqualTo("1:2.0-1");

        page.section(KeyCode.DIGIT5).awaitText("#generations", "Upgraded libc").click("#roll-back");
        page.awaitGeneration(1);
        assertThat(versionOf("libc")).isEqualTo("1:2.0~rc1-1");

        page.section(KeyCode.DIGIT2).clickText("#installed", "Remove").awaitText("#preview", "no longer needed");
        page.apply().awaitGeneration(3);
        assertThat(workspace.layout().launchers().resolve("tool")).doesNotExist();
    }

    @Test
    void addsChangesAndRemovesAnArchive(FxRobot robot) throws Exception {
        MiniArchive other = MiniArchive.in(machine.resolve("other"));
        other.suite("new").add("main", deb("novelty", "2.0-1"));
        other.write();
        WindowPage page = new WindowPage(robot, window);
        page.section(KeyCode.DIGIT7).awaitText("#source-mini", "Not fetched yet").click("#add-source");

        type(robot, page, "#add-name", "newer");
        type(robot, page, "#add-where", "deb nonsense");
        page.click("#add-confirm").awaitText("#add-problem", "nonsense");
        type(robot, page, "#add-where", line(other, "new").strip());
        page.click("#add-confirm").awaitText("#source-newer", "1 package");
        assertThat(workspace.catalog().versions("novelty")).hasSize(1);

        page.awaitIdle();
        robot.interact(() -> priority("newer").getValueFactory().setValue(500));
        page.awaitIdle();
        assertThat(workspace.channelList().list().getFirst().entry().name()).isEqualTo("newer");

        page.click("#source-toggle-newer").awaitText("#source-newer", "Disabled").awaitIdle();
        assertThat(workspace.catalog().versions("novelty")).isEmpty();
        page.click("#source-remove-newer").awaitGone("#source-newer");
        assertThat(workspace.channelList().list()).hasSize(1);
    }

    private String versionOf(String name) {
        return window.profile().installed().entries().stream()
                .flatMap(entry -> entry.propagatedInputs().stream())
                .filter(entry -> entry.name().equals(name))
                .map(ManifestEntry::version)
                .findFirst()
                .orElse("none");
    }

    private Spinner<Integer> priority(String channel) {
        @SuppressWarnings("unchecked")
        Spinner<Integer> spinner =
                (Spinner<Integer>) window.stage().getScene().lookup("#source-priority-" + channel);
        return spinner;
    }

    private void type(FxRobot robot, WindowPage page, String field, String text) throws InterruptedException {
        page.click(field);
        robot.interact(() -> ((TextInputControl) window.stage().getScene().lookup(field)).setText(text));
    }

    private static DebWriter deb(String name, String version) {
        return DebWriter.of(name, version).program(name, "#!/bin/sh\necho " + name + " " + version + "\n");
    }

    /** As on that machine, where keyrings are looked for as well. */
    private String line(MiniArchive from, String suite) {
        return "deb [arch=amd64 signed-by=/" + machine.relativize(from.keyring()) + "] " + from.address() + " "
                + suite + " main\n";
    }
}
