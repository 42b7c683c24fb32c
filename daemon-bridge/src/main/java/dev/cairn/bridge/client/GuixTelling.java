// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands the traces of Guix's dialect and the output of builders among them (daemon, section 6). What cannot be
 * understood is left out: a daemon's texts are no reason to fail.
 */
final class GuixTelling extends Telling {
    /** What the traces say as well. */
    private static final Pattern REPEATED = Pattern.compile(
            "(building path\\(s\\)|builder for `|building of `|cannot build derivation `|hash mismatch for ).*");

    private static final Pattern FAILED_THING = Pattern.compile("`([^`']+\\.drv)'");
    private static final String MARK = "@ ";

    private final Consumer<String> texts;
    private final Lines lines = new Lines();
    private final Map<String, Build> byPid = new HashMap<>();
    private final Map<String, Activities.Activity> transfers = new HashMap<>();
    private final Map<String, Activities.Activity> substitutes = new HashMap<>();

    /** Octets of a builder that are still to come, and of which. */
    private long outputLeft;

    private @Nullable Build outputOf;
    private @Nullable DaemonException first;

    /** @param texts takes the daemon's own lines */
    GuixTelling(StoreLayout layout, EventSink sink, long request, Consumer<String> texts) {
        super(layout, sink, request);
        this.texts = texts;
    }

    GuixTelling(StoreLayout layout, EventSink sink) {
        super(layout, sink, 0);
        this.texts = this::note;
    }

    @Override
    public void text(byte[] octets) {
        for (byte octet : octets) {
            if (outputLeft > 0) {
                outputLeft--;
                Build build = outputOf;
                if (build != null) {
                    build.lines().next(octet).ifPresent(line -> output(build, line));
                }
            } else {
                lines.next(octet).ifPresent(this::line);
            }
        }
    }

    @Override
    public void activity(Activity activity) {
        // Guix's daemons have none.
    }

    private void output(Build build, String line) {
        if (line.startsWith("@ download-")) {
            transfer(List.of(line.split(" ", -1)));
        } else {
            build.log(line);
        }
    }

    private void line(String line) {
        if (!line.startsWith(MARK)) {
            if (!REPEATED.matcher(line).matches()) {
                texts.accept(line);
            }
            return;
        }
        List<String> words = List.of(line.split(" ", -1));
        switch (words.get(1)) {
            case "build-started" -> started(words);
            case "build-log" -> {
                outputOf = byPid.get(word(words, 2));
                outputLeft = number(words, 3).orElse(0);
            }
            case "build-succeeded" -> ended(word(words, 2)).forEach(build -> build.activity().finish());
            case "build-failed" -> failed(words);
            case "hash-mismatch" -> mismatch(words);
            default -> transfer(words);
        }
    }

    private void started(List<String> words) {
        Build build = build(word(words, 2));
        byPid.put(words.getLast(), build);
    }

    private List<Build> ended(String derivation) {
        List<Build> ended = new ArrayList<>();
        for (Build build : builds()) {
            if (build.derivation().equals(derivation)) {
                String rest = build.lines().rest();
                if (!rest.isEmpty()) {
                    output(build, rest);
                }
                ended.add(build);
            }
        }
        return ended;
    }

    private void failed(List<String> words) {
        String derivation = word(words, 2);
        String kind = word(words, 4);
        String reason =
                switch (kind) {
                    case "timeout" -> "it took too long, or was silent for too long";
                    case "cached" -> "it failed before, which the daemon remembers";
                    default -> String.join(" ", words.subList(Math.min(5, words.size()), words.size()));
                };
        ended(derivation).forEach(build -> build.activity().fail(reason, Optional.empty()));
        if (first == null) {
            BuildFailure failure = kind.equals("timeout") ? BuildFailure.TIMED_OUT : BuildFailure.PERMANENT;
            path(derivation).ifPresent(path -> first = failed(path, failure, reason));
        }
    }

    /** The path of a mismatch is that of the output, or in checks of its copy. */
    private void mismatch(List<String> words) {
        String algorithm = word(words, 3);
        Optional<StorePath> path = path(word(words, 2));
        Optional<HashAlgorithm> known =
                HashAlgorithm.of(algorithm.startsWith("r:") ? algorithm.substring(2) : algorithm);
        if (first != null || path.isEmpty() || known.isEmpty()) {
            return;
        }
        try {
            first = new DaemonException.HashMismatch(
                    path.get(), Hash.parse(known.get(), word(words, 4)), Hash.parse(known.get(), word(words, 5)));
        } catch (FormatException _) {
            // Then the failure of the build is all there is to say.
        }
    }

    private void transfer(List<String> words) {
        String subject = word(words, 2);
        switch (words.get(1)) {
            case "download-started" -> {
                // The download of an item that is fetched is part of that.
                Activities.Activity fetched = substitutes.get(subject);
                if (fetched == null) {
                    transfers.put(subject, start(Event.Kind.DOWNLOAD, word(words, 3)));
                } else {
                    transfers.put(subject, fetched);
                    fetched.phase(word(words, 3));
                }
            }
            case "substituter-started" -> substitutes.put(subject, start(Event.Kind.SUBSTITUTE, subject));
            case "download-progress" -> {
                Activities.Activity transfer = transfers.get(subject);
                if (transfer != null) {
                    number(words, 5).ifPresent(done -> transfer.progress(done, number(words, 4)));
                }
            }
            case "download-succeeded" -> {
                Activities.Activity transfer = transfers.remove(subject);
                if (transfer != null && transfer != substitutes.get(subject)) {
                    transfer.finish();
                }
            }
            case "substituter-succeeded" -> {
                transfers.remove(subject);
                Activities.Activity fetched = substitutes.remove(subject);
                if (fetched != null) {
                    fetched.finish();
                }
            }
            case "substituter-failed" -> {
                transfers.remove(subject);
                Activities.Activity transfer = substitutes.remove(subject);
                if (transfer != null) {
                    transfer.fail(
                            String.join(" ", words.subList(Math.min(3, words.size()), words.size())),
                            Optional.empty());
                }
            }
            default -> { }
        }
    }

    @Override
    DaemonException failure(RemoteFailure remote) {
        if (first != null) {
            return first;
        }
        Matcher thing = FAILED_THING.matcher(Failures.text(remote));
        Optional<StorePath> derivation = thing.find() ? path(thing.group(1)) : Optional.empty();
        return derivation.isPresent() && remote.report().status() != 1
                ? failed(derivation.get(), BuildFailure.PERMANENT, Failures.text(remote))
                : Failures.of(remote, layout().storeDirectory());
    }

    @Override
    void end(boolean well) {
        String rest = lines.rest();
        if (!rest.isEmpty()) {
            line(rest);
        }
        super.end(well);
        transfers.values().forEach(well ? Activities.Activity::finish : Activities.Activity::close);
        transfers.clear();
        substitutes.values().forEach(well ? Activities.Activity::finish : Activities.Activity::close);
        substitutes.clear();
    }

    private Optional<StorePath> path(String text) {
        try {
            return Optional.of(layout().storeDirectory().parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private static String word(List<String> words, int number) {
        return number < words.size() ? words.get(number) : "";
    }

    private static OptionalLong number(List<String> words, int number) {
        String word = word(words, number);
        return word.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }
}
