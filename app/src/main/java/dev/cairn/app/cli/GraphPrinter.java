// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Prints a walk through a graph for Graphviz, as Guix does, or as JSON. */
final class GraphPrinter {
    private static final List<String> COLOURS = List.of(
            "red",
            "magenta",
            "blue",
            "cyan3",
            "darkseagreen",
            "peachpuff4",
            "darkviolet",
            "dimgrey",
            "darkgoldenrod");

    private GraphPrinter() {}

    static <N> void dot(Output out, String type, NodeType<N> nodes, GraphWalk<N> walk) throws IOException {
        out.line("digraph \"Cairn " + type + "\" {");
        for (Map.Entry<N, List<N>> entry : walk.edges().entrySet()) {
            String id = quoted(nodes.id(entry.getKey()));
            out.line("  " + id + " [label = " + quoted(nodes.label(entry.getKey()))
                    + ", shape = box, fontname = sans];");
            for (N next : entry.getValue()) {
                out.line("  " + id + " -> " + quoted(nodes.id(next)) + " [color = "
                        + COLOURS.get(Math.floorMod(id.hashCode(), COLOURS.size())) + "];");
            }
        }
        out.line("");
        out.line("}");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static <N> void json(Output out, String type, NodeType<N> nodes, GraphWalk<N> walk) throws IOException {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            json.writeArrayPropertyStart("nodes");
            walk.edges().keySet().forEach(node -> {
                json.writeStartObject();
                json.writeStringProperty("id", nodes.id(node));
                json.writeStringProperty("label", nodes.label(node));
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeArrayPropertyStart("edges");
            walk.edges().forEach((node, next) -> next.forEach(target -> {
                json.writeStartObject();
                json.writeStringProperty("from", nodes.id(node));
                json.writeStringProperty("to", nodes.id(target));
                json.writeEndObject();
            }));
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
