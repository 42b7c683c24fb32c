// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A failure as the window shows it.
 *
 * @param message what failed, on which thing, why
 * @param hint what to do next
 * @param lastLines the end of a build's log, if it was a build
 * @param log the whole of that log
 * @param cancelled whether the user wanted it so
 */
public record Failure(
        String message, Optional<String> hint, List<String> lastLines, Optional<Path> log, boolean cancelled) {
    public Failure {
        lastLines = List.copyOf(lastLines);
    }

    public static Failure of(CairnException exception) {
        return switch (exception) {
            case DaemonException.BuildFailed failed ->
                new Failure(withoutHash(failed), failed.hint(), failed.lastLines(), failed.log(), false);
            case DaemonException.Cancelled cancelled ->
                new Failure(sentence(cancelled), cancelled.hint(), List.of(), Optional.empty(), true);
            default -> new Failure(sentence(exception), exception.hint(), List.of(), Optional.empty(), false);
        };
    }

    /** Everything about it as text, to be pasted into a report. */
    public String report() {
        return message
                + hint.map(h -> "\n" + h).orElse("")
                + log.map(file -> "\n" + file).orElse("")
                + lastLines.stream().map(line -> "\n  " + line).collect(Collectors.joining());
    }

    /** The message with the package in place of its derivation's path, which the log's name holds anyway. */
    private static String withoutHash(DaemonException.BuildFailed failed) {
        String shown = NamedDerivation.nameOf(failed.derivation());
        return sentence(failed).replace("'" + failed.derivation() + "'", shown);
    }

    private static String sentence(CairnException exception) {
        return capitalised(String.valueOf(exception.getMessage()));
    }

    /** What is wrong and what to do, as sentences one after the other. */
    public static String sentences(String problem, Optional<String> hint) {
        String sentence = capitalised(problem);
        return hint.map(next -> (sentence.endsWith(".") ? sentence : sentence + ".") + " " + next)
                .orElse(sentence);
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
