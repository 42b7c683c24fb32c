// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.StoreGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which valid items are outputs of which valid derivations. */
final class OutputEdges {
    private OutputEdges() {}

    static int[] read(Connection connection, StoreGraph graph) throws SQLException {
        Map<String, Integer> numbers = HashMap.newHashMap(graph.paths().size());
        for (int i = 0; i < graph.paths().size(); i++) {
            numbers.put(graph.paths().get(i).toString(), i);
        }
        int[] edges = new int[64];
        int used = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        select drv.path, output.path from DerivationOutputs
                        join ValidPaths drv on drv.id = DerivationOutputs.drv
                        join ValidPaths output on output.path = DerivationOutputs.path""")) {
            while (rows.next()) {
                Integer derivation = numbers.get(rows.getString(1));
                Integer output = numbers.get(rows.getString(2));
                if (derivation == null || output == null) {
                    continue;
                }
                if (used == edges.length) {
                    edges = Arrays.copyOf(edges, 2 * used);
                }
                edges[used++] = derivation;
                edges[used++] = output;
            }
        }
        return Arrays.copyOf(edges, used);
    }
}
