// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what depends on what (services, section 9.1). */
@Command(name = "graph")
final class GraphCommand extends CairnCommand {
    @Parameters(arity = "1..*", paramLabel = "PACKAGE|ITEM", descriptionKey = "graph-starts")
    private List<String> starts = new ArrayList<>();

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            descriptionKey = "graph-type",
            order = 10)
    private String type = "package";

    @Option(names = "--path", descriptionKey = "graph-path", order = 11)
    private boolean path;

    @Option(
            names = {"-M", "--max-depth"},
            paramLabel = "N",
            descriptionKey = "max-depth",
            order = 12)
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", descriptionKey = "json", order = 13)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (depth < 0) {
            throw new UsageException(Texts.text("error.max-depth", depth));
        }
        if (path && starts.size() != 2) {
            throw new UsageException(Texts.text("error.path-needs-two"));
        }
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            NodeType<?> nodes = NodeType.of(type, workspace)
                    .orElseThrow(() -> new UsageException(
                            Texts.text("error.graph-type", type, String.join(", ", NodeType.NAMES))));
            return draw(session.out(), nodes);
        }
    }

    private <N> int draw(Output out, NodeType<N> nodes) throws CairnException, IOException {
        if (path) {
            List<N> from = nodes.named(starts.get(0));
            List<N> to = nodes.named(starts.get(1));
            List<N> found = GraphWalk.shortestPath(nodes, from, to)
                    .orElseThrow(() -> new FailureException(
                            Texts.text("error.no-path", starts.get(0), starts.get(1)), Optional.empty()));
            for (N node : found) {
                out.line(nodes.fullLabel(node));
            }
            return ExitCode.OK;
        }
        List<N> from = new ArrayList<>();
        for (String start : starts) {
            from.addAll(nodes.named(start));
        }
        GraphWalk<N> walk = GraphWalk.from(nodes, from, depth);
        if (json) {
            GraphPrinter.json(out, type, nodes, walk);
        } else {
            GraphPrinter.dot(out, type, nodes, walk);
        }
        return ExitCode.OK;
    }
}
