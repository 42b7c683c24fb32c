// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.HostSystem;
import dev.cairn.error.CairnException;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.Patience;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.substitute.SubstituteServer;
import dev.cairn.substitute.Trust;
import dev.cairn.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Stack;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how much of what somebody may want servers of substitutes have. */
@Command(name = "weather")
final class WeatherCommand extends CairnCommand {
    /** Those of one server are signed alike. */
    private static final int SAMPLES = 20;

    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Parameters(arity = "0..*", paramLabel = "PACKAGE|ITEM", descriptionKey = "weather-names")
    private List<String> names = new ArrayList<>();

    @Mixin
    private ServerFlags servers = new ServerFlags();

    @Option(
            names = {"-m", "--manifest"},
            paramLabel = "FILE",
            descriptionKey = "weather-manifest",
            order = 20)
    private @Nullable Path manifest;

    @Option(names = "--all", descriptionKey = "weather-all", order = 21)
    private boolean all;

    @Option(names = "--display-missing", descriptionKey = "weather-missing", order = 22)
    private boolean displayMissing;

    @Option(
            names = {"-c", "--coverage"},
            arity = "0..1",
            paramLabel = "COUNT",
            parameterConsumer = LeastDependents.class,
            descriptionKey = "weather-coverage",
            order = 23)
    private @Nullable Integer coverage;

    @Option(names = "--json", descriptionKey = "json", order = 24)
    private boolean json;

    /** Takes what follows as a number only if it is one: it may as well be the name of a package. */
    static final class LeastDependents implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            boolean given = !arguments.isEmpty() && arguments.peek().matches("[0-9]{1,9}");
            option.setValue(given ? Integer.parseInt(arguments.pop()) : 0);
        }
    }

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        List<SubstituteServer> asked = servers.servers(workspace);
        SequencedSet<StorePath> items = items(workspace);
        if (items.isEmpty()) {
            session.note(Texts.text("weather.nothing"));
        }
        List<WeatherReport> reports = new ArrayList<>();
        try (BatchFetcher fetcher = new BatchFetcher(workspace.proxies(), Patience.BRISK, LONGEST)) {
            for (SubstituteServer server : asked) {
                reports.add(report(session, workspace, fetcher, server, items));
            }
        }
        List<List<Coverage.Gap>> gaps = gaps(workspace, reports, items);
        for (int i = 0; i < gaps.size() && !json; i++) {
            print(session, reports.get(i), gaps.get(i));
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                for (int i = 0; i < reports.size(); i++) {
                    reports.get(i).write(generator, gaps.isEmpty() ? Optional.empty() : Optional.of(gaps.get(i)));
                }
                generator.writeEndArray();
            });
        }
        return reports.stream().allMatch(WeatherReport::isComplete) ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** Of each server; of none where nobody asked for that. */
    private List<List<Coverage.Gap>> gaps(
            Workspace workspace, List<WeatherReport> reports, SequencedSet<StorePath> items) throws CairnException {
        List<List<Coverage.Gap>> gaps = new ArrayList<>();
        if (coverage != null) {
            ItemNeeds needs = new ItemNeeds(
                    workspace.daemon(), reports.stream().map(WeatherReport::survey).toList());
            Coverage all = Coverage.of(items, needs);
            reports.forEach(report -> gaps.add(all.gaps(report.missing(), coverage)));
        }
        return gaps;
    }

    private static void print(Session session, WeatherReport report, List<Coverage.Gap> gaps) throws IOException {
        if (report.isComplete()) {
            return;
        }
        Counts counts = Counts.of(session.environment());
        Output out = session.out();
        out.line("");
        out.line(Texts.text(
                gaps.isEmpty() ? "weather.no-gaps" : "weather.gaps",
                counts.text(report.missing().size()),
                report.survey().server(),
                HostSystem.name()));
        for (Coverage.Gap gap : gaps) {
            out.line(String.format(
                    Locale.ROOT, "  %6s\t%s\t%s", counts.text(gap.dependents()), gap.item().name(), gap.item()));
        }
    }

    private SequencedSet<StorePath> items(Workspace workspace) throws CairnException {
        PackageItems packages = new PackageItems(workspace);
        if (Stream.of(!names.isEmpty(), manifest != null, all).filter(given -> given).count() > 1) {
            throw new UsageException(Texts.text("error.weather-arguments"));
        }
        if (all) {
            return packages.all();
        }
        if (manifest != null) {
            return packages.ofManifest(manifest);
        }
        return names.isEmpty() ? packages.ofProfile() : packages.named(names);
    }

    private WeatherReport report(
            Session session,
            Workspace workspace,
            BatchFetcher fetcher,
            SubstituteServer server,
            SequencedSet<StorePath> items)
            throws CairnException, IOException {
        Counts counts = Counts.of(session.environment());
        if (!json) {
            session.out().line(Texts.text("weather.looking", counts.text(items.size()), server));
            session.out().flush();
        }
        ServerSurvey survey = ServerSurvey.of(fetcher, server, items);
        survey.problem().ifPresent(problem -> session.note(Texts.text("survey.problem", server, problem)));
        WeatherReport report = new WeatherReport(survey, items);
        if (!json) {
            report.print(session.out(), counts.isUnicode(), counts);
            Optional<FarmReport> farm = FarmReport.of(fetcher, server);
            if (farm.isPresent()) {
                farm.get().print(session.out(), report.missing(), counts);
            } else {
                session.err().println("  " + Texts.text("weather.no-ci"));
            }
            if (displayMissing && !report.isComplete()) {
                printMissing(session.out(), report.missing());
            }
        }
        warnOfKeys(session, workspace, survey);
        return report;
    }

    private static void printMissing(Output out, List<StorePath> missing) throws IOException {
        out.line("");
        out.line("Substitutes are missing for the following items:");
        int width = missing.stream().mapToInt(item -> item.toString().length()).max().orElse(0);
        for (StorePath item : missing) {
            out.line(String.format(Locale.ROOT, "  %-" + width + "s %s", item, HostSystem.name()));
        }
    }

    private static void warnOfKeys(Session session, Workspace workspace, ServerSurvey survey)
            throws TrustException, IOException {
        TrustedKeys keys = Trust.of(workspace.layout()).keys();
        Stream<Narinfo> samples = survey.found().values().stream().limit(SAMPLES);
        if (samples.anyMatch(narinfo -> !narinfo.judge(keys).isAuthorised())) {
            session.note(Texts.text("survey.unauthorised", survey.server()));
            session.err().println(Texts.text("survey.authorise"));
        }
    }
}
