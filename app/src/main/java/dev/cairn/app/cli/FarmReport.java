// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.http.BatchFetcher;
import dev.cairn.http.BatchReply;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.SubstituteServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a build farm that serves substitutes is at (services, section 2.3).
 *
 * @param queued builds that have not ended
 * @param finished the latest that have
 */
record FarmReport(List<Build> queued, List<Build> finished) {
    /** As many as a farm tells of at once. */
    private static final int MOST = 1000;

    private static final int LARGEST = 16 << 20;
    private static final double SECONDS = Duration.ofHours(1).toSeconds();

    /** @param time when it ended, in seconds since 1970 */
    record Build(String system, long time, Set<String> outputs) {}

    /** Asks a server. @return empty when it is no build farm */
    static Optional<FarmReport> of(BatchFetcher fetcher, SubstituteServer server) throws IOException {
        if (server.folder().isPresent()) {
            return Optional.empty();
        }
        String base = server.url().replaceFirst("/+$", "");
        URI queue = URI.create(base + "/api/queue?nr=" + MOST);
        Optional<List<Build>> queued = builds(fetcher, queue);
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        URI latest = URI.create(base + "/api/latestbuilds?nr=" + MOST);
        return Optional.of(new FarmReport(queued.get(), builds(fetcher, latest).orElse(List.of())));
    }

    private static Optional<List<Build>> builds(BatchFetcher fetcher, URI address) throws IOException {
        BatchReply reply = fetcher.fetch(List.of(address), LARGEST).replies().get(address);
        if (reply == null || reply.status() != 200 || reply.body().isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode list = JsonMapper.shared().readTree(reply.body().get());
            if (!list.isArray()) {
                return Optional.empty();
            }
            List<Build> builds = new ArrayList<>();
            for (JsonNode build : list) {
                Set<String> outputs = new HashSet<>();
                build.path("buildoutputs").forEach(output -> outputs.add(output.path("path").asString("")));
                builds.add(new Build(build.path("system").asString("?"), build.path("stoptime").asLong(0), outputs));
            }
            return Optional.of(builds);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** @param missing what the server lacks */
    void print(Output out, Collection<StorePath> missing, Counts counts) throws IOException {
        out.line("");
        if (!missing.isEmpty()) {
            Set<String> coming = queued.stream().flatMap(build -> build.outputs().stream()).collect(Collectors.toSet());
            long hopes = missing.stream().filter(item -> coming.contains(item.toString())).count();
            out.line(String.format(
                    Locale.ROOT, "  %.1f%% (%s out of %s) of the missing items are queued",
                    100.0 * hopes / missing.size(), counts.text(hopes), counts.text(missing.size())));
        }
        out.line("  " + (queued.size() >= MOST ? "at least " : "") + counts.text(queued.size()) + " queued builds");
        for (Map.Entry<String, Long> system : histogram(queued).entrySet()) {
            out.line(String.format(
                    Locale.ROOT, "      %s: %d (%.1f%%)", Printable.line(system.getKey()), system.getValue(),
                    100.0 * system.getValue() / queued.size()));
        }
        OptionalDouble hours = hours();
        if (hours.isPresent()) {
            out.line(String.format(
                    Locale.ROOT, "  build rate: %.2f builds per hour", finished.size() / hours.getAsDouble()));
            for (Map.Entry<String, Long> system : histogram(finished).entrySet()) {
                out.line(String.format(
                        Locale.ROOT, "      %s: %.2f builds per hour", Printable.line(system.getKey()),
                        system.getValue() / hours.getAsDouble()));
            }
        }
    }

    private static Map<String, Long> histogram(List<Build> builds) {
        return builds.stream()
                .map(Build::system)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** In which the latest builds ended. */
    private OptionalDouble hours() {
        List<Long> times = finished.stream().map(Build::time).filter(time -> time > 0).sorted().toList();
        return times.size() < 2 || times.getFirst().equals(times.getLast())
                ? OptionalDouble.empty()
                : OptionalDouble.of((times.getLast() - times.getFirst()) / SECONDS);
    }
}
