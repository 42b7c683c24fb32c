// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands the activities and texts of Nix's dialect (daemon, section 17). What means nothing here is left out. */
final class NixTelling extends Telling {
    private static final int COPY = 100;
    private static final int TRANSFER = 101;
    private static final int BUILD = 105;
    private static final int SUBSTITUTE = 108;

    private static final int LOG_LINE = 101;
    private static final int PHASE = 104;
    private static final int PROGRESS = 105;

    private static final Pattern FAILED_THING =
            Pattern.compile("(?:builder for|derivation|output of|build of|building(?: of)?) '([^']+\\.drv)");
    private static final Pattern ANY_THING = Pattern.compile("'([^']+\\.drv)");
    private static final Pattern LATE = Pattern.compile("timed out after");

    private final Consumer<String> texts;
    private final Lines lines = new Lines();
    private final Map<Long, Build> byId = new HashMap<>();
    private final Map<Long, Activities.Activity> others = new HashMap<>();

    /** @param texts takes the daemon's own lines */
    NixTelling(StoreLayout layout, EventSink sink, long request, Consumer<String> texts) {
        super(layout, sink, request);
        this.texts = texts;
    }

    NixTelling(StoreLayout layout, EventSink sink) {
        super(layout, sink, 0);
        this.texts = this::note;
    }

    @Override
    public void text(byte[] octets) {
        for (byte octet : octets) {
            lines.next(octet).map(Failures::plain).ifPresent(texts);
        }
    }

    @Override
    public void activity(Activity activity) {
        switch (activity) {
            case Activity.Started started -> started(started);
            case Activity.Stopped stopped -> stopped(stopped.id());
            case Activity.Told told -> told(told);
        }
    }

    private void started(Activity.Started started) {
        String subject = text(started.fields(), 0);
        long id = started.id();
        if (started.type() == BUILD) {
            byId.put(id, build(subject));
        } else if (started.type() == TRANSFER) {
            others.put(id, start(Event.Kind.DOWNLOAD, subject));
        } else if (started.type() == SUBSTITUTE) {
            others.put(id, start(Event.Kind.SUBSTITUTE, subject));
        } else if (started.type() == COPY) {
            others.put(id, start(Event.Kind.ADD, subject));
        }
    }

    /** Whether it ended well is not told; if not, the whole request will say so. */
    private void stopped(long id) {
        Build build = byId.remove(id);
        if (build != null && builtSomething(build.derivation())) {
            build.activity().finish();
        }
        Activities.Activity other = others.remove(id);
        if (other != null) {
            other.finish();
        }
    }

    private void told(Activity.Told told) {
        Build build = byId.get(told.id());
        Activities.Activity other = others.get(told.id());
        if (build != null && told.type() == LOG_LINE) {
            build.log(Failures.plain(text(told.fields(), 0)));
        } else if (build != null && told.type() == PHASE) {
            build.activity().phase(text(told.fields(), 0));
        } else if (other != null && told.type() == PROGRESS) {
            long total = number(told.fields(), 1);
            other.progress(
                    number(told.fields(), 0), total > 0 ? OptionalLong.of(total) : OptionalLong.empty());
        }
    }

    private boolean builtSomething(String derivation) {
        return path(derivation).filter(path -> Outputs.exist(layout(), path)).isPresent();
    }

    @Override
    DaemonException failure(RemoteFailure remote) {
        String text = Failures.text(remote);
        Optional<StorePath> derivation = firstPath(FAILED_THING, text).or(() -> firstPath(ANY_THING, text));
        if (derivation.isEmpty() || Failures.notValid(remote, layout().storeDirectory()).isPresent()) {
            return Failures.of(remote, layout().storeDirectory());
        }
        BuildFailure kind = LATE.matcher(text).find() ? BuildFailure.TIMED_OUT : BuildFailure.PERMANENT;
        String line = text.lines().findFirst().orElse(text);
        return failed(derivation.get(), kind, line.startsWith("error: ") ? line.substring(7) : line);
    }

    private Optional<StorePath> firstPath(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? path(matcher.group(1)) : Optional.empty();
    }

    @Override
    void end(boolean well) {
        super.end(well);
        others.values().forEach(well ? Activities.Activity::finish : Activities.Activity::close);
        others.clear();
    }

    private Optional<StorePath> path(String text) {
        try {
            return Optional.of(layout().storeDirectory().parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private static String text(List<Activity.Field> fields, int number) {
        return number < fields.size() && fields.get(number) instanceof Activity.Field.Text(String text) ? text : "";
    }

    private static long number(List<Activity.Field> fields, int number) {
        return number < fields.size() && fields.get(number) instanceof Activity.Field.Number(long value) ? value : 0;
    }
}
