// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds tell in guix-daemon's words, as recorded conversations with it have them. */
class BuildMessagesTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path root) throws IOException {
        Namespaces.assumeUsable();
        store = new TestStore(root.resolve("root"));
    }

    @Test
    void tellOfASuccessAndOfNothingThatWasThere() throws Exception {
        NamedDerivation good = shell("trivial", "echo hello from the builder; echo > $out");
        store.build(good);
        assertThat(told())
                .containsExactly(
                        "building path(s) `" + good.output("out") + "'",
                        started(good),
                        "> hello from the builder",
                        "@ build-succeeded " + good.path() + " -");
        store.events().clear();
        store.build(good);
        assertThat(told()).isEmpty();
    }

    @Test
    void tellOfAFailureAndWhatNeedsIt() throws Exception {
        NamedDerivation bad = shell("failing", "echo about to fail; exit 3");
        String failed = "builder for `" + bad.path() + "' failed with exit code 3";
        DaemonException failure = failure(BuildOptions.DEFAULT, bad);
        assertThat(told())
                .endsWith(started(bad), "> about to fail", failed, "@ build-failed " + bad.path() + " - 1 " + failed);
        assertWire(failure, 100, "build of `" + bad.path() + "' failed");
        store.events().clear();
        NamedDerivation middle = store.add(store.shell("middle", "echo > $out").input(bad));
        NamedDerivation top = store.add(store.shell("top", "echo > $out").input(middle));
        assertWire(failure(BuildOptions.DEFAULT, top), 100, "build of `" + top.path() + "' failed");
        assertThat(told())
                .endsWith(
                        "cannot build derivation `" + middle.path() + "': 1 dependencies couldn't be built",
                        "cannot build derivation `" + top.path() + "': 1 dependencies couldn't be built");
    }

    @Test
    void nameAllThatFailedOnlyWhenToldToGoOn() throws Exception {
        NamedDerivation a = shell("a", "exit 1");
        NamedDerivation b = shell("b", "exit 1");
        NamedDerivation both = store.add(store.shell("c-both", "echo > $out").input(a).input(b));
        BuildOptions one = BuildOptions.DEFAULT.change().maxJobs(1).build();
        assertWire(failure(one, a, both, b), 100, "build of `" + a.path() + "' failed");
        List<String> sorted =
                new ArrayList<>(List.of(a.path().toString(), b.path().toString(), both.path().toString()));
        sorted.sort(null);
        assertWire(failure(one.change().keepGoing(true).build(), a, both, b), 100,
                "build of `" + String.join("', `", sorted) + "' failed");
        assertThat(told()).contains("cannot build derivation `" + both.path() + "': 2 dependencies couldn't be built");
    }

    @Test
    void tellOfOutputsThatAreRefused() throws Exception {
        NamedDerivation missing = shell("no-output", "true");
        assertRejected(missing, "builder for `" + missing.path() + "' failed to produce output path `"
                + missing.output("out") + "'");
        NamedDerivation open = shell("open", "mkdir -m 777 $out");
        assertRejected(open, "suspicious ownership or permission on `" + open.output("out")
                + "'; rejecting this build output");
        StorePath input = store.addText("input", "x");
        NamedDerivation refers = store.add(store.shell("refers", "echo $input > $out").source(input)
                .variable("input", input.toString()).variable("allowedReferences", "out"));
        assertRejected(
                refers, "output (`" + refers.output("out") + "') is not allowed to refer to path `" + input + "'");
        NamedDerivation word = store.add(store.shell("word", "echo > $out").variable("disallowedReferences", "bogus"));
        assertRejected(word, "derivation contains an invalid reference specifier `bogus'");
        NamedDerivation pipe = shell("pipe", "mkfifo $out");
        DaemonException failure = failure(BuildOptions.DEFAULT.change().keepGoing(true).build(), pipe);
        assertThat(failure.wireMessage()).startsWith("file ‘").endsWith("’ has an unsupported type");
        assertThat(failure.wireStatus()).isEqualTo(1);
        assertThat(told()).last().isEqualTo(started(pipe));
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void tellOfFixedContentsThatAreOthers() throws Exception {
        Hash promised = Hash.sha256("x".getBytes(StandardCharsets.UTF_8));
        NamedDerivation flat = store.add(store.shell("flat", "echo y > $out").fixedOutput(promised, false));
        assertRejected(flat, "hash mismatch for store item '" + flat.output("out") + "'");
        assertThat(told()).contains("@ hash-mismatch " + flat.output("out") + " sha256 " + promised.base32() + " "
                + Hash.sha256("y\n".getBytes(StandardCharsets.UTF_8)).base32());
        NamedDerivation tree = store.add(store.shell("tree", "echo y > $out").fixedOutput(promised, true));
        assertRejected(tree, "hash mismatch for store item '" + tree.output("out") + "'");
        assertThat(told()).anyMatch(line -> line.startsWith("@ hash-mismatch " + tree.output("out") + " r:sha256 "));
        NamedDerivation folder = store.add(store.shell("folder", "mkdir $out").fixedOutput(promised, false));
        assertRejected(folder, "output path `" + folder.output("out") + " should be a non-executable regular file");
        NamedDerivation bad = store.add(store.shell("bad", "exit 1").fixedOutput(promised, false));
        assertThat(failure(BuildOptions.DEFAULT, bad).wireStatus()).isEqualTo(1);
    }

    @Test
    void tellOfGraphsThatCannotBeExported() throws Exception {
        NamedDerivation odd = store.add(store.shell("odd", "true").variable("exportReferencesGraph", "a b c"));
        DaemonException failure = failure(BuildOptions.DEFAULT, odd);
        String text = "odd number of tokens in `exportReferencesGraph': `a b c'";
        assertThat(told()).endsWith(text, "@ build-failed " + odd.path() + " - 0 " + text);
        assertWire(failure, 100, "build of `" + odd.path() + "' failed");
        NamedDerivation outside = store.add(store.shell("outside", "true").variable("exportReferencesGraph", "a /b"));
        failure(BuildOptions.DEFAULT, outside);
        assertThat(told()).contains("`exportReferencesGraph' contains a non-store path `/b'");
        String absent = "/gnu/store/00000000000000000000000000000000-absent";
        NamedDerivation invalid =
                store.add(store.shell("invalid", "true").variable("exportReferencesGraph", "a " + absent));
        failure(BuildOptions.DEFAULT, invalid);
        assertThat(told()).contains("`exportReferencesGraph' contains an invalid path `" + absent + "'");
    }

    @Test
    void tellOfBuildersThatTakeTooLongOrWriteTooMuch() throws Exception {
        NamedDerivation silent = shell("silent", "sleep 5432");
        BuildOptions limits = BuildOptions.DEFAULT.change().maxSilence(Duration.ofSeconds(1)).build();
        assertWire(failure(limits, silent), 101, "build of `" + silent.path() + "' failed");
        assertThat(told())
                .contains(
                        "building of `" + silent.path() + "' timed out after 1 seconds of silence",
                        "@ build-failed " + silent.path() + " - timeout")
                .last()
                .asString()
                .startsWith("killing process ");
        NamedDerivation loud = shell("loud", "while :; do echo loud; done");
        StoreSettings settings = StoreSettings.DEFAULT.change().maxLogSize(10_000).build();
        assertWire(failure(settings, BuildOptions.DEFAULT, loud), 101, "build of `" + loud.path() + "' failed");
        assertThat(told())
                .contains("building of `" + loud.path() + "' killed after writing more than 10000 bytes of log output");
    }

    @Test
    void tellOfDeathBySignal() throws Exception {
        NamedDerivation killed = shell("killed", "sh -c 'kill -SEGV $$'; exit $?");
        failure(BuildOptions.DEFAULT, killed);
        assertThat(told()).contains("builder for `" + killed.path() + "' failed with exit code 139");
        NamedDerivation self = store.add(new DerivationBuilder("self", "x86_64-linux", "/usr/bin/perl")
                .argument("-e")
                .argument("$SIG{TERM} = sub { exit 7 }; kill TERM, $$; sleep 5")
                .variable("hostTools", "1"));
        failure(BuildOptions.DEFAULT, self);
        assertThat(told()).contains("builder for `" + self.path() + "' failed with exit code 7");
    }

    @Test
    void tellOfOtherPlatformsAsTheBuilder() throws Exception {
        NamedDerivation hurd = store.add(new DerivationBuilder("hurd", "i586-gnu", "/gnu/store/x"));
        failure(BuildOptions.DEFAULT, hurd);
        assertThat(told())
                .contains(
                        "> @ unsupported-platform " + hurd.path() + " i586-gnu",
                        "> a `i586-gnu' is required to build `" + hurd.path() + "', but I am a `"
                                + StoreSettings.DEFAULT.system() + "'",
                        "builder for `" + hurd.path() + "' failed with exit code 1");
    }

    @Test
    void tellOfDirectoriesThatAreKept() throws Exception {
        NamedDerivation kept = shell("kept-and-told", "exit 1");
        failure(BuildOptions.DEFAULT.change().keepFailed(true).build(), kept);
        List<String> told = told();
        String note = told.get(told.size() - 3);
        assertThat(note).startsWith("note: keeping build directory `").contains("/guix-build-kept-and-told.drv-");
        assertThat(told.get(told.size() - 2)).isEqualTo("builder for `" + kept.path() + "' failed with exit code 1");
        FileTrees.delete(Path.of(note.substring(note.indexOf('`') + 1, note.length() - 1)));
    }

    @Test
    void tellOfBuildsThatAreCompared() throws Exception {
        NamedDerivation same = shell("same", "echo > $out");
        assertThat(failure(BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).build(), same).wireMessage())
                .isEqualTo("`" + same.path() + "' is missing outputs; build it normally before using `--check'");
        NamedDerivation other =
                shell("other", "mkdir $out; echo same > $out/a; cat /proc/sys/kernel/random/uuid > $out/b");
        store.build(same, other);
        store.events().clear();
        store.build(BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).build(), same);
        String succeeded = "@ build-succeeded " + same.path() + " -";
        assertThat(told())
                .containsExactly(
                        "checking path(s) `" + same.output("out") + "'", started(same), succeeded, succeeded);
        DaemonException failure = failure(BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).build(), other);
        assertWire(failure, 1, "derivation `" + other.path() + "' may not be deterministic: output `"
                + other.output("out") + "' differs");
        assertThat(((DaemonException.NotDeterministic) failure).differences())
                .singleElement().asString().startsWith("b: other contents from octet ");
        assertThat(store.leftovers()).isEmpty();
        BuildOptions keeping = BuildOptions.DEFAULT.change().mode(BuildMode.CHECK).keepFailed(true).build();
        assertThat(failure(keeping, other).wireMessage())
                .endsWith("differs from `" + other.output("out") + "-check'");
        assertThat(store.leftovers()).containsExactly(other.output("out").baseName() + "-check");
        for (String line : told()) {
            if (line.startsWith("note: keeping")) {
                FileTrees.delete(Path.of(line.substring(line.indexOf('`') + 1, line.length() - 1)));
            }
        }
    }

    @Test
    void tellOfRoundsThatDiffer() throws Exception {
        BuildOptions twice = BuildOptions.DEFAULT.change().rounds(2).build();
        NamedDerivation same = shell("same", "echo > $out");
        store.build(twice, same);
        assertThat(told())
                .containsExactly(
                        "building path(s) `" + same.output("out") + "' (round 1/2)",
                        started(same),
                        "building path(s) `" + same.output("out") + "' (round 2/2)",
                        started(same),
                        "@ build-succeeded " + same.path() + " -");
        NamedDerivation other = shell("other", "cat /proc/sys/kernel/random/uuid > $out");
        assertRejected(twice, other,
                "output ‘" + other.output("out") + "’ of ‘" + other.path() + "’ differs from previous round");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void rememberFailures() throws Exception {
        StoreSettings settings = StoreSettings.DEFAULT.change().cacheFailures(true).build();
        NamedDerivation bad = shell("bad", "exit 1");
        failure(settings, BuildOptions.DEFAULT, bad);
        store.events().clear();
        assertWire(failure(settings, BuildOptions.DEFAULT, bad), 100, "build of `" + bad.path() + "' failed");
        assertThat(told())
                .endsWith(
                        "builder for `" + bad.output("out") + "' failed previously (cached)",
                        "@ build-failed " + bad.path() + " - cached");
    }

    @Test
    void saysWhichDerivationIsMissing() throws Exception {
        StorePath absent = store.layout().storeDirectory().item("00000000000000000000000000000000-absent.drv");
        DaemonException failure = catchThrowableOfType(
                DaemonException.class,
                () -> new BuildScheduler(store).build(
                        List.of(BuildTarget.all(absent)), BuildOptions.DEFAULT, store.events()::add));
        assertThat(told()).containsExactly("cannot build missing derivation ‘" + absent + "’");
        assertWire(failure, 1, "build of `" + absent + "' failed");
    }

    private void assertRejected(NamedDerivation derivation, String text) {
        assertRejected(BuildOptions.DEFAULT, derivation, text);
    }

    private void assertRejected(BuildOptions options, NamedDerivation derivation, String text) {
        DaemonException failure = failure(options, derivation);
        assertThat(told()).endsWith(text, "@ build-failed " + derivation.path() + " - 1 " + text);
        assertWire(failure, 1, "build of `" + derivation.path() + "' failed");
    }

    private static void assertWire(DaemonException failure, int status, String message) {
        assertThat(failure.wireMessage()).isEqualTo(message);
        assertThat(failure.wireStatus()).isEqualTo(status);
    }

    private DaemonException failure(BuildOptions options, NamedDerivation... wanted) {
        return failure(StoreSettings.DEFAULT, options, wanted);
    }

    private DaemonException failure(StoreSettings settings, BuildOptions options, NamedDerivation... wanted) {
        return catchThrowableOfType(DaemonException.class, () -> store.build(settings, options, wanted));
    }

    private NamedDerivation shell(String name, String script) throws Exception {
        return store.add(store.shell(name, script));
    }

    /** The line about the start of a builder, its process left out. */
    private String started(NamedDerivation derivation) {
        String name = derivation.path().baseName();
        return "@ build-started " + derivation.path() + " - x86_64-linux " + store.layout().logs() + "/drvs/"
                + name.substring(0, 2) + "//" + name.substring(2) + ".gz PID";
    }

    /** Everything told, builders' lines marked. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (Event event : store.events()) {
            switch (event) {
                case Event.Message(_, _, String text) -> told.add(text);
                case Event.Trace(_, String line) -> told.add(
                        line.startsWith("@ build-started ") ? line.replaceFirst("[0-9]+$", "PID") : line);
                case Event.LogLine(_, String line) -> told.add("> " + line);
                default -> {
                    // For front ends.
                }
            }
        }
        return told;
    }
}
