// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.profile.Generation;
import dev.cairn.profile.Profile;
import dev.cairn.store.LocalStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that installs, rolls back, switches, deletes generations and collects garbage, again and again, and
 * looks at what it leaves: the profile leads to the generation before or after the change that was under way, all of
 * that is in the store, and the next change works.
 */
class CrashTest {
    private static final int KILLS = 14;
    private static final int LONGEST_LIFE_MILLIS = 900;
    private static final Pattern CHANGE = Pattern.compile("from ([0-9]+) to ([0-9]+)");

    @TempDir
    Path folder;

    @Test
    void leavesTheGenerationBeforeOrAfterWheneverItIsKilled() throws Exception {
        Random random = new Random(20261122);
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(0);
            try (BufferedReader output = child.inputReader()) {
                List<String> lines = new ArrayList<>();
                lines.add(output.readLine());
                assertThat(lines).as("what the child says first").containsExactly("ready");
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                // By its handle: ending it as a Process would close its output as well.
                child.toHandle().destroyForcibly();
                child.waitFor();
                output.lines().forEach(lines::add);
                assertThat(child.exitValue()).as("killed after %s", lines).isEqualTo(137);
                check(lines);
            }
        }
    }

    @Test
    void leavesTheOldGenerationWhereverItDiesBeforeTheSwitch() throws Exception {
        // These are calls of plan and apply; each kills a process of its own, so only some are tried.
        for (int call = 2; call <= 26; call += 4) {
            Process child = start(call);
            try (BufferedReader output = child.inputReader()) {
                List<String> lines = output.lines().toList();
                boolean survived = lines.contains("survived");
                assertThat(child.waitFor()).as("%s", lines).isEqualTo(survived ? 0 : 137);
                if (!survived) {
                    assertThat(CrashChild.profile(CrashChild.layout(folder)).exists()).isFalse();
                }
                check(lines);
                FileTrees.delete(CrashChild.layout(folder).profiles().resolve("per-user/alice"));
            }
        }
    }

    private Process start(int call) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashChild.class.getName(),
                        folder.toString(),
                        Integer.toString(call))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void check(List<String> lines) throws CairnException, IOException {
        StoreLayout layout = CrashChild.layout(folder);
        Profile profile = CrashChild.profile(layout);
        int current = profile.currentNumber();
        lines.stream().map(CHANGE::matcher).filter(Matcher::matches).reduce((_, last) -> last).ifPresent(last ->
                assertThat(current)
                        .as("after %s", last.group())
                        .isIn(Integer.valueOf(last.group(1)), Integer.valueOf(last.group(2))));
        try (Daemon daemon = LocalStore.open(layout)) {
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
            for (Generation generation : profile.generations()) {
                checkClosure(daemon, generation);
                profile.manifest(generation.number());
            }
            checkNextInstall(daemon, profile);
        }
    }

    private static void checkClosure(Daemon daemon, Generation generation) throws CairnException {
        assertThat(daemon.isValid(generation.item())).as("generation %s is valid", generation.number()).isTrue();
        for (PathInfo item : daemon.requisites(List.of(generation.item()))) {
            assertThat(daemon.physical(item.path())).matches(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        }
    }

    private void checkNextInstall(Daemon daemon, Profile profile) throws CairnException, IOException {
        TestPackages packages = CrashChild.packages(Files.createTempDirectory(folder, "check"));
        Transactions transactions = new Transactions(daemon, packages, List.of(packages), "x86_64-linux");
        Plan plan = transactions.plan(
                profile, List.of(new Request.Install(TestPackages.specification("hello@1.0"))));
        Generation made = transactions.apply(plan, BuildOptions.DEFAULT, EventSink.NONE);
        assertThat(made.current()).isTrue();
        assertThat(profile.manifest().entries()).extracting(ManifestEntry::label).contains("hello@1.0");
    }
}
