// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** How the launcher starts things, and what it says when it cannot. */
class LauncherTest extends HomeTest {
    @Test
    void startsThroughSymlinkFromAnyFolder() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("my cairn"), Launcher.root().resolve("cairn"));
        Path second = Files.createSymbolicLink(home.resolve("again"), Path.of("my cairn"));

        assertThat(cairn.as(link).from(Path.of("/")).run("--version").out()).startsWith("cairn ");
        assertThat(cairn.as(second).run("--version").exit()).isZero();
    }

    @Test
    void findsJavaWhenJavaHomeIsTooOldOrWrong() {
        assertThat(cairn.with(variables -> variables.put("JAVA_HOME", "/nonexistent")).run("--version").exit())
                .isZero();
    }

    @Test
    void saysWhatToDoWithoutJava() throws IOException {
        Launcher.Result result = without("/usr/lib/jvm", "/opt", "/usr/local").run("--version");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("no JDK 25 was found").containsPattern("hint: (.*apt-get install|mkdir -p)");
    }

    @Test
    void namesTheTourWhereThereIsNoDisplay() {
        Launcher.Result result = cairn.run();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("there is no display").contains("tour DIR").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void worksInALocaleThatIsNotUtf8() throws IOException {
        Path file = Files.writeString(home.resolve("grüße"), "hello");

        Launcher.Result result = cairn.with(variables -> {
                    variables.put("LC_ALL", "C");
                    variables.put("LANG", "C");
                })
                .run("hash", file.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void writesNothingButItsLogForACommandThatOnlyReads() throws IOException {
        assertThat(cairn.run("list").out()).isEmpty();

        assertThat(cairn.store()).doesNotExist();
    }

    @Test
    void needsNoHomeThatCanBeWritten() {
        Launcher.Result result =
                cairn.with(variables -> variables.put("HOME", "/proc/nonexistent")).run("list", "--json");

        assertThat(result.err()).isEmpty();
        assertThat(result.json().size()).isZero();
    }

    @Test
    void cacheThatDoesNotFitIsPassedOverInSilence() {
        Launcher.Result result = cairn.with(
                        variables -> variables.put("CAIRN_JAVA_OPTIONS", "-XX:AOTCache=/nonexistent -XX:+UseParallelGC"
                                + " -XX:-UseSerialGC"))
                .run("list");

        assertThat(result.out() + result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void startsAnImageByItsOwnRunTime() throws IOException {
        Path image = image(Path.of(System.getProperty("java.home")));

        assertThat(cairn.as(image).with(variables -> variables.remove("JAVA_HOME")).run("--version").out())
                .startsWith("cairn ");
        assertThat(cairn.as(image).run("test").exit()).isEqualTo(2);
    }

    @Test
    void boundsWhatRunsForLongInAnImageToo() throws IOException {
        Path runtime = home.resolve("run-time");
        Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$MALLOC_ARENA_MAX $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Launcher launcher = cairn.as(image(runtime));

        assertThat(launcher.run("daemon", "--debug").out())
                .startsWith("2 ")
                .contains(" -Xmx192m ")
                .endsWith("dev.cairn.app.Main daemon --debug\n");
        assertThat(launcher.run("publish").out()).contains(" -Xmx256m ");
        assertThat(launcher.run("list").out()).contains(" -XX:TieredStopAtLevel=1 ").doesNotContain("-Xmx");
    }

    /** The launcher in something laid out as an application image. */
    private Path image(Path runtime) throws IOException {
        Path image = home.resolve("image");
        Path launcher = Files.createDirectories(image.resolve("bin")).resolve("cairn");
        Files.copy(Launcher.root().resolve("cairn"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(image.resolve("lib"));
        Files.createSymbolicLink(image.resolve("lib/runtime"), runtime);
        Files.createSymbolicLink(image.resolve("lib/app"), Launcher.root().resolve("app/target/dist"));
        return launcher;
    }

    /** The launcher on a machine that lacks some folders. */
    private Launcher without(String... folders) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec bwrap --dev-bind / /");
        for (String folder : folders) {
            script.append(Files.isDirectory(Path.of(folder)) ? " --tmpfs " + folder : "");
        }
        Path wrapper = home.resolve("wrapper");
        Files.writeString(wrapper, script + " '" + Launcher.root().resolve("cairn") + "' \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        Launcher wrapped = cairn.as(wrapper).with(variables -> {
            variables.remove("JAVA_HOME");
            variables.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        });
        Path probe = home.resolve("probe");
        Files.writeString(probe, script + " /bin/true\n");
        assertThat(probe.toFile().setExecutable(true)).isTrue();
        assumeTrue(cairn.as(probe).run().exit() == 0, "bubblewrap does not work here");
        return wrapped;
    }
}
