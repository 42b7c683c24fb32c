// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.http.BatchFetcher;
import dev.cairn.http.Patience;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import dev.cairn.substitute.SubstituteServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds out whether servers have the same as this store. */
@Command(name = "challenge")
final class ChallengeCommand extends CairnCommand {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** What {@code guix challenge} exits with when something differs. */
    private static final int DIFFERENT = 2;

    @Parameters(arity = "0..*", paramLabel = "PACKAGE|ITEM", descriptionKey = "challenge-names")
    private List<String> names = new ArrayList<>();

    @Mixin
    private ServerFlags servers = new ServerFlags();

    @Option(names = "--diff", paramLabel = "MODE", descriptionKey = "challenge-diff", order = 20)
    private String diff = "simple";

    @Option(
            names = {"-v", "--verbose"},
            descriptionKey = "challenge-verbose",
            order = 21)
    private boolean verbose;

    @Option(names = "--json", descriptionKey = "json", order = 22)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        boolean compares = compares();
        List<SubstituteServer> asked = servers.servers(workspace);
        SequencedSet<StorePath> items =
                names.isEmpty() ? builtHere(workspace) : new PackageItems(workspace).named(names);
        if (items.isEmpty()) {
            session.note(Texts.text("challenge.nothing"));
        }
        List<Challenge> challenges = ask(session, workspace, asked, items);
        if (compares) {
            FileComparison comparison = new FileComparison(session, workspace);
            for (int i = 0; i < challenges.size(); i++) {
                challenges.set(i, comparison.compare(challenges.get(i)));
            }
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                challenges.forEach(challenge -> challenge.write(generator));
                generator.writeEndArray();
            });
        } else {
            print(session, challenges);
        }
        return code(challenges);
    }

    private boolean compares() throws UsageException {
        return switch (diff) {
            case "simple" -> true;
            case "none" -> false;
            default -> throw new UsageException(Texts.text("error.challenge-diff", diff));
        };
    }

    /** Items of which it is known that they were made on this machine: there is what their builder wrote. */
    private static SequencedSet<StorePath> builtHere(Workspace workspace) throws CairnException {
        BuildLogs logs = new BuildLogs(workspace.layout());
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        for (StorePath path : workspace.daemon().allPaths()) {
            if (!path.isDerivation()) {
                Optional<StorePath> deriver = workspace.daemon().pathInfo(path).flatMap(PathInfo::deriver);
                if (deriver.isPresent() && logs.file(deriver.get()).isPresent()) {
                    items.add(path);
                }
            }
        }
        return items;
    }

    private static List<Challenge> ask(
            Session session, Workspace workspace, List<SubstituteServer> servers, SequencedSet<StorePath> items)
            throws CairnException, IOException {
        Map<StorePath, SequencedMap<SubstituteServer, Narinfo>> said = new LinkedHashMap<>();
        items.forEach(item -> said.put(item, new LinkedHashMap<>()));
        try (BatchFetcher fetcher = new BatchFetcher(workspace.proxies(), Patience.BRISK, LONGEST)) {
            for (SubstituteServer server : servers) {
                ServerSurvey survey = ServerSurvey.of(fetcher, server, items);
                survey.problem().ifPresent(problem -> session.note(Texts.text("survey.problem", server, problem)));
                survey.found().forEach((item, narinfo) -> said.get(item).put(server, narinfo));
            }
        }
        List<Challenge> challenges = new ArrayList<>();
        for (StorePath item : items) {
            challenges.add(new Challenge(
                    item,
                    workspace.daemon().pathInfo(item).map(PathInfo::narHash),
                    said.get(item),
                    Optional.empty()));
        }
        return challenges;
    }

    private void print(Session session, List<Challenge> challenges) throws IOException {
        Counts counts = Counts.of(session.environment());
        for (Challenge challenge : challenges) {
            if (verbose || challenge.verdict() == Challenge.Verdict.MISMATCH) {
                challenge.print(session.out());
            }
        }
        Output out = session.out();
        out.line("");
        out.line(counts.text(challenges.size())
                + (challenges.size() == 1 ? " store item was analyzed:" : " store items were analyzed:"));
        String dash = counts.isUnicode() ? "–" : "-";
        out.line(share(dash, counts, challenges, Challenge.Verdict.MATCH, "identical"));
        out.line(share(dash, counts, challenges, Challenge.Verdict.MISMATCH, "differed"));
        out.line(share(dash, counts, challenges, Challenge.Verdict.INCONCLUSIVE, "inconclusive"));
    }

    private static String share(
            String dash, Counts counts, List<Challenge> challenges, Challenge.Verdict verdict, String word) {
        long count = challenges.stream().filter(challenge -> challenge.verdict() == verdict).count();
        double percent = challenges.isEmpty() ? 0 : 100.0 * count / challenges.size();
        String verb = verdict == Challenge.Verdict.MISMATCH ? "" : count == 1 ? "was " : "were ";
        return "  " + dash + " " + counts.text(count) + String.format(Locale.ROOT, " (%.1f%%) ", percent) + verb + word;
    }

    private static int code(List<Challenge> challenges) {
        if (challenges.stream().anyMatch(challenge -> challenge.verdict() == Challenge.Verdict.MISMATCH)) {
            return DIFFERENT;
        }
        boolean same = challenges.stream().allMatch(challenge -> challenge.verdict() == Challenge.Verdict.MATCH);
        return same ? ExitCode.OK : ExitCode.FAILURE;
    }
}
