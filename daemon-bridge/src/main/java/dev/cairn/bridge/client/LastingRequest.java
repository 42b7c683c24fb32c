// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.CollectionResult;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests that take long: each has a connection of its own, with options of its own. */
final class LastingRequest {
    /** Errors, results and, from Nix's daemons, what runs. */
    private static final int GUIX_QUIET = 0;

    private static final int GUIX_INFO = 1;
    private static final int NIX_INFO = 3;

    private static final Pattern MODIFIED = Pattern.compile("path [`'‘]([^`'’]+)['’] was modified!.*");
    private static final Pattern DISAPPEARED = Pattern.compile("path [`'‘]([^`'’]+)['’] disappeared,.*");
    private static final Pattern FREED = Pattern.compile(".*?([0-9]+(?:\\.[0-9]+)?) MiB freed by hard-linking.*");
    private static final Pattern DELETING = Pattern.compile("\\[([0-9]+) MiB\\] deleting '.*");
    private static final long MIB = 1L << 20;

    private final Links links;
    private final StoreLayout layout;
    private final StoreSettings settings;
    private final EventSink events;

    LastingRequest(Links links, StoreLayout layout, StoreSettings settings, EventSink events) {
        this.links = links;
        this.layout = layout;
        this.settings = settings;
        this.events = events;
    }

    /** A request whose errors mean something of their own. */
    <T> T run(Links.Asking<T> asking, BiFunction<RemoteFailure, StoreDirectory, DaemonException> meaning)
            throws DaemonException {
        try (Link link = open(BuildOptions.DEFAULT, GUIX_QUIET);
                Telling telling = telling(link, 0, _ -> {})) {
            T answer = link.ask(asking.apply(link), telling);
            telling.end(true);
            return answer;
        } catch (RemoteFailure e) {
            throw meaning.apply(e, layout.storeDirectory());
        }
    }

    void build(Collection<BuildTarget> targets, BuildOptions options) throws DaemonException {
        try (Link link = open(options, GUIX_QUIET);
                Telling telling = telling(link)) {
            try {
                link.ask(new Requests(layout.storeDirectory(), link).build(targets, options.mode()), telling);
                telling.end(true);
            } catch (RemoteFailure e) {
                throw telling.failure(e);
            }
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
    }

    /** Has the daemon fetch an item; what it says while it does is told as the reason if it fails. */
    void ensure(StorePath item, BuildOptions options) throws DaemonException {
        try (Link link = open(options, GUIX_QUIET);
                Telling telling = telling(link)) {
            try {
                link.ask(new Requests(layout.storeDirectory(), link).ensure(item), telling);
                telling.end(true);
            } catch (RemoteFailure e) {
                throw new DaemonException.NotSubstituted(item, List.of("the daemon says: " + Failures.text(e)));
            }
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
    }

    CollectionResult collect(
            CollectionRequest request, Collecting.Roots roots, Collecting.Referrers referrers)
            throws DaemonException {
        try (Activities.Activity activity = new Activities(events)
                .start(Event.Kind.COLLECT, layout.storeDirectory().path())) {
            Consumer<String> texts = text -> {
                Matcher deleting = DELETING.matcher(text);
                if (deleting.matches()) {
                    activity.progress(Long.parseLong(deleting.group(1)) * MIB, OptionalLong.empty());
                } else if (text.endsWith("...")) {
                    activity.phase(text.substring(0, text.length() - 3));
                }
            };
            CollectionResult result = links.withoutRoots(() -> new Collecting(
                            layout,
                            part -> ask(activity, texts, link ->
                                    new Requests(layout.storeDirectory(), link).collect(part)),
                            roots,
                            referrers)
                    .collect(request, activity));
            activity.finish();
            return result;
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
    }

    VerificationReport verify(boolean contents, boolean repair, int checked) throws DaemonException {
        List<StorePath> missing = new ArrayList<>();
        List<StorePath> corrupt = new ArrayList<>();
        boolean wrong;
        try (Activities.Activity activity = new Activities(events)
                .start(Event.Kind.VERIFY, layout.storeDirectory().path())) {
            Consumer<String> texts = text -> {
                Matcher modified = MODIFIED.matcher(text);
                Matcher disappeared = DISAPPEARED.matcher(text);
                if (modified.matches()) {
                    add(corrupt, modified.group(1));
                } else if (disappeared.matches()) {
                    add(missing, disappeared.group(1));
                } else {
                    activity.note(text);
                }
            };
            wrong = ask(activity, texts, link ->
                    new Requests(layout.storeDirectory(), link).verify(contents, repair));
            if (wrong && missing.isEmpty() && corrupt.isEmpty()) {
                throw new DaemonException.Remote("the daemon found errors in the store that it did not name");
            }
            activity.finish();
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
        if (repair && !wrong) {
            missing.addAll(corrupt);
            return new VerificationReport(checked, List.of(), List.of(), missing);
        }
        return new VerificationReport(checked, missing, corrupt, List.of());
    }

    private void add(Collection<StorePath> paths, String name) {
        try {
            paths.add(layout.storeDirectory().parse(name));
        } catch (FormatException _) {
            // Not an item; the daemon's own text of it went to the log.
        }
    }

    long optimise() throws DaemonException {
        AtomicLong saved = new AtomicLong();
        try (Activities.Activity activity = new Activities(events)
                .start(Event.Kind.OPTIMISE, layout.storeDirectory().path())) {
            Consumer<String> texts = text -> {
                Matcher freed = FREED.matcher(text);
                if (freed.matches()) {
                    saved.set((long) (Double.parseDouble(freed.group(1)) * MIB));
                }
            };
            ask(activity, texts, link -> new Requests(layout.storeDirectory(), link).optimise());
            activity.finish();
        } catch (RemoteFailure e) {
            throw Failures.of(e, layout.storeDirectory());
        }
        return saved.get();
    }

    private <T> T ask(Activities.Activity activity, Consumer<String> texts, Links.Asking<T> asking)
            throws RemoteFailure, DaemonException {
        try (Link link = open(BuildOptions.DEFAULT, GUIX_INFO);
                Telling telling = telling(link, activity.id(), texts)) {
            T answer = link.ask(asking.apply(link), telling);
            telling.end(true);
            return answer;
        }
    }

    private Telling telling(Link link) {
        return link.dialect() == Dialect.GUIX ? new GuixTelling(layout, events) : new NixTelling(layout, events);
    }

    private Telling telling(Link link, long activity, Consumer<String> texts) {
        return link.dialect() == Dialect.GUIX
                ? new GuixTelling(layout, events, activity, texts)
                : new NixTelling(layout, events, activity, texts);
    }

    private Link open(BuildOptions options, int guixVerbosity) throws RemoteFailure, DaemonException {
        Link link = links.open();
        boolean ready = false;
        try {
            boolean guix = link.dialect() == Dialect.GUIX;
            SequencedMap<String, String> extra = new LinkedHashMap<>();
            if (guix) {
                extra.put("user-name", System.getProperty("user.name"));
            }
            int verbosity = guix ? guixVerbosity : NIX_INFO;
            SessionOptions wanted = new SessionOptions(options, settings, verbosity, extra);
            link.ask(wanted.request(link.dialect(), link.version()), Listener.NONE);
            ready = true;
            return link;
        } finally {
            if (!ready) {
                link.close();
            }
        }
    }
}
