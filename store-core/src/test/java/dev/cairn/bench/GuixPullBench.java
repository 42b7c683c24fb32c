// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.channel.guix.GuixChannel;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.PackageSources;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Has {@code cairn pull} fetch all of Guix's packages, some 31,000, from a Data Service on this machine: at first,
 * again where nothing changed, and at a later commit that has some packages in new versions and others rebuilt; then
 * goes back and forth. What is printed of each command is its time by the clock, from the start of the launcher to its
 * end, what it had of the processors, the most memory that it held, and how many questions the service was asked. An
 * argument says how many rounds there are. The environment variable {@code CAIRN_LAUNCHER} may name another launcher
 * than that of the source tree, which has to be built.
 */
public final class GuixPullBench {
    private static final String FIRST = "1".repeat(40);
    private static final String SECOND = "2".repeat(40);
    private static final int ROUNDS = 3;

    private final DataServiceStub stub;
    private final Path home;
    private final String launcher = System.getenv()
            .getOrDefault("CAIRN_LAUNCHER", SharedData.repository().resolve("cairn").toString());

    private GuixPullBench(DataServiceStub stub, Path home) {
        this.stub = stub;
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        List<DataServiceStub.Package> before = GuixPackages.all();
        List<DataServiceStub.Package> after = later(before);
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round);
            Path home = Files.createTempDirectory("cairn-pull");
            try (DataServiceStub stub = DataServiceStub.start()) {
                new GuixPullBench(stub, home).round(before, after);
            } finally {
                FileTrees.delete(home);
            }
        }
    }

    /** As many versions are new as in some hundred commits, and every fifteenth package is rebuilt. */
    private static List<DataServiceStub.Package> later(List<DataServiceStub.Package> before) {
        List<DataServiceStub.Package> after = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            DataServiceStub.Package one = before.get(i);
            if (i % 150 == 0) {
                after.add(GuixPackages.with(one.name(), one.version() + ".1", GuixPackages.outputs(
                        one.name(), one.version() + ".1", List.copyOf(one.outputs().keySet()))));
                if (i % 600 == 0) {
                    after.add(GuixPackages.simple("new-" + one.name(), "0.1"));
                }
            } else {
                after.add(i % 15 == 0 ? GuixPackages.rebuilt(one) : one);
            }
        }
        return after;
    }

    private void round(List<DataServiceStub.Package> before, List<DataServiceStub.Package> after) throws Exception {
        stub.commit(FIRST, "2026-01-01 00:00:00", before);
        warm(FIRST);
        cairn("add", "channel", "add", "guix", stub.address().toString(), "--type=guix");
        cairn("full", "pull", "guix");
        cairn("unchanged", "pull", "guix");
        stub.commit(SECOND, "2026-01-02 00:00:00", after);
        warm(FIRST, SECOND);
        cairn("incremental", "pull", "guix");
        cairn("back", "pull", "--roll-back", "guix");
        cairn("forth", "pull", "guix");
    }

    /** Has the service put its answers together, which is not what is measured. */
    private void warm(String... commits) throws Exception {
        Path folder = Files.createTempDirectory("cairn-warm");
        try {
            for (String commit : commits) {
                GuixSource source =
                        new GuixSource(stub.address(), "guix", "master", Optional.of(commit), List.of());
                new GuixChannel("guix", 0, folder, new GuixChannel.Settings(
                                source, "x86_64-linux", Proxies.NONE, PackageSources.NONE))
                        .refresh(EventSink.NONE);
            }
        } finally {
            FileTrees.delete(folder);
        }
    }

    private void cairn(String what, String... arguments) throws IOException, InterruptedException {
        int before = stub.asked().size();
        Path report = home.resolve("time");
        Path log = home.resolve("log");
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/time", "-o", report.toString(), "-f", "%e %U %S %M", launcher));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment().putAll(Map.of(
                "CAIRN_STORE_ROOT", home.resolve("store").toString(),
                "CAIRN_SKIP_BUILD", "1",
                "HOME", home.toString()));
        if (builder.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        String[] parts = Files.readString(report).strip().split(" ");
        System.out.printf(Locale.ROOT, "  %-12s %5.2f s, of processors %5.2f s, %3d MiB, %3d questions%n",
                what, Double.parseDouble(parts[0]), Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                Long.parseLong(parts[3]) / 1024, stub.asked().size() - before);
    }
}
