// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs benchmarks with JMH and sets what belongs together side by side. Takes JMH's own arguments. */
public final class BenchReport {
    private BenchReport() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals(GuixPullBench.class.getSimpleName())) {
            // It has processes of its own, which JMH does not know how to have.
            GuixPullBench.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        Collection<RunResult> results;
        try {
            results = new Runner(new CommandLineOptions(arguments)).run();
        } catch (NoBenchmarksException _) {
            // It is one of another module's.
            return;
        }
        Map<String, Double> scores = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
            String input = Optional.ofNullable(result.getParams().getParam("input")).map(i -> " " + i).orElse("");
            scores.put(name + input, result.getPrimaryResult().getScore());
        }
        System.out.println();
        scores.forEach((name, score) -> System.out.printf("%-40s %12.1f%n", name, score));
        for (String input : new String[] {"file-1GiB", "tree-10000"}) {
            Double nar = scores.get("NarBench.nar " + input);
            Double sum = scores.get("NarBench.sha256sum " + input);
            if (nar != null && sum != null) {
                System.out.printf("%s: archive and SHA-256 take %.2f times as long as sha256sum%n", input, nar / sum);
            }
        }
        Double items = scores.get("UnpackBench.cairn");
        Double dpkg = scores.get("UnpackBench.dpkg");
        if (items != null && dpkg != null) {
            System.out.printf("making items of packages takes %.2f times as long as dpkg-deb -x%n", items / dpkg);
        }
    }
}
