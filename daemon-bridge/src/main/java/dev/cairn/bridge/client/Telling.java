// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Turns what daemons of either dialect tell into events, and remembers what is needed to say why a build failed.
 * Closing it ends what has not ended yet. For one request.
 */
abstract class Telling implements Listener, AutoCloseable {
    private static final int LAST_LINES = 25;

    private final StoreLayout layout;
    private final EventSink sink;
    private final Activities activities;

    /** The activity of the request itself, if it has one; what belongs to no other is told as its. */
    private final long request;

    private final List<Build> builds = new ArrayList<>();

    Telling(StoreLayout layout, EventSink sink, long request) {
        this.layout = layout;
        this.sink = sink;
        this.activities = new Activities(sink);
        this.request = request;
    }

    final StoreLayout layout() {
        return layout;
    }

    final Activities.Activity start(Event.Kind kind, String subject) {
        return activities.start(kind, subject);
    }

    final void note(String text) {
        if (!text.isBlank()) {
            sink.accept(new Event.Note(request, text));
        }
    }

    final Build build(String derivation) {
        Build build = new Build(derivation, activities.start(Event.Kind.BUILD, derivation));
        builds.add(build);
        return build;
    }

    final List<Build> builds() {
        return builds;
    }

    /** Why a request to build failed. */
    abstract DaemonException failure(RemoteFailure remote);

    /** The failure of a derivation, with the end of what its builder wrote. */
    final DaemonException failed(StorePath derivation, BuildFailure kind, String reason) {
        List<String> lines = List.of();
        for (Build build : builds) {
            if (build.derivation.equals(derivation.toString())) {
                lines = List.copyOf(build.lastLines);
            }
        }
        String name = derivation.baseName();
        Path plain = layout.logs().resolve("drvs").resolve(name.substring(0, 2)).resolve(name.substring(2));
        Optional<Path> log = List.of(".gz", ".bz2", "").stream()
                .map(suffix -> plain.resolveSibling(plain.getFileName() + suffix))
                .filter(Files::exists)
                .findFirst();
        return new DaemonException.BuildFailed(derivation, kind, reason, Optional.empty(), lines, log);
    }

    /** The request ended well or not; what still runs ended with it. */
    void end(boolean well) {
        for (Build build : builds) {
            if (well) {
                build.activity.finish();
            } else {
                build.activity.close();
            }
        }
    }

    @Override
    public void close() {
        end(false);
    }

    /** One builder at work. */
    static final class Build {
        private final String derivation;
        private final Activities.Activity activity;
        private final Deque<String> lastLines = new ArrayDeque<>();
        private final Lines lines = new Lines();

        Build(String derivation, Activities.Activity activity) {
            this.derivation = derivation;
            this.activity = activity;
        }

        String derivation() {
            return derivation;
        }

        Activities.Activity activity() {
            return activity;
        }

        Lines lines() {
            return lines;
        }

        void log(String line) {
            if (lastLines.size() == LAST_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
            activity.log(line);
        }
    }
}
