// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildMode;
import dev.cairn.event.Activities;
import dev.cairn.event.Event.Verbosity;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tells of one build in the words of guix-daemon (daemon, sections 6.2 and 6.3). */
final class BuildReport {
    private final StorePath derivation;
    private final Activities.Activity activity;

    BuildReport(StorePath derivation, Activities.Activity activity) {
        this.derivation = derivation;
        this.activity = activity;
    }

    /** @param round of {@code rounds}, from 1 on */
    void building(BuildMode mode, Collection<StorePath> outputs, int round, int rounds) {
        String doing =
                switch (mode) {
                    case NORMAL -> "building";
                    case REPAIR -> "repairing";
                    case CHECK -> "checking";
                };
        String paths = outputs.stream().map(path -> "`" + path + "'").collect(Collectors.joining(", "));
        String turn = rounds > 1 && mode == BuildMode.NORMAL ? " (round " + round + "/" + rounds + ")" : "";
        activity.message(Verbosity.INFO, doing + " path(s) " + paths + turn);
    }

    /** @param log where its output is kept, or empty; see {@link LogFiles#shown} */
    void started(String system, String log, long process) {
        activity.trace("@ build-started " + derivation + " - " + system + " " + log + " " + process);
    }

    void succeeded() {
        activity.trace("@ build-succeeded " + derivation + " -");
    }

    void failed(BuildError error) {
        say(error.getMessage());
        activity.trace("@ build-failed " + derivation + " - "
                + switch (error.stage()) {
                    case BEFORE -> "0 " + error.getMessage();
                    case STOPPED -> "timeout";
                    case FAILED, REJECTED -> "1 " + error.getMessage();
                    case REMEMBERED -> "cached";
                });
    }

    void hashMismatch(StorePath output, String algorithm, String expected, String actual) {
        activity.trace("@ hash-mismatch " + output + " " + algorithm + " " + expected + " " + actual);
    }

    /** A text that everybody is told. */
    void say(String text) {
        activity.message(Verbosity.ERROR, text);
    }

    /** Something worth knowing for people, too. */
    void note(String wire, String text) {
        say(wire);
        activity.note(text);
    }

}
