// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.channel.guix.GuixChannel;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.PackageSources;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.testing.DataServiceStub;
import dev.cairn.testing.GuixPackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pulls all of Guix's packages, some 31,000, from a Data Service on this machine into the catalog: at first, again where
 * nothing changed, and at a later commit that has some packages in new versions and others rebuilt. Each pull has a JVM
 * of its own, with the options of the command line; times are its own, from its first instruction to packages that can
 * be searched. An argument says how many rounds there are.
 */
public final class GuixPullBench {
    private static final String FIRST = "1".repeat(40);
    private static final String SECOND = "2".repeat(40);
    private static final int ROUNDS = 3;

    private GuixPullBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].equals("pull")) {
            pull(URI.create(arguments[1]), Path.of(arguments[2]));
            return;
        }
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        List<DataServiceStub.Package> before = GuixPackages.all();
        List<DataServiceStub.Package> after = later(before);
        for (int round = 1; round <= rounds; round++) {
            Path folder = Files.createTempDirectory("cairn-pull");
            try (DataServiceStub stub = DataServiceStub.start()) {
                stub.commit(FIRST, "2026-01-01 00:00:00", before);
                warm(stub, FIRST);
                String full = run(stub, folder);
                String unchanged = run(stub, folder);
                stub.commit(SECOND, "2026-01-02 00:00:00", after);
                warm(stub, FIRST, SECOND);
                String incremental = run(stub, folder);
                System.out.printf("round %d%n  full         %s%n  unchanged    %s%n  incremental  %s%n",
                        round, full, unchanged, incremental);
            } finally {
                FileTrees.delete(folder);
            }
        }
    }

    /** Some versions are new, as many packages are, and every fifteenth is rebuilt. */
    private static List<DataServiceStub.Package> later(List<DataServiceStub.Package> before) {
        List<DataServiceStub.Package> after = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            DataServiceStub.Package one = before.get(i);
            if (i % 600 == 0) {
                after.add(GuixPackages.with(one.name(), one.version() + ".1", GuixPackages.outputs(
                        one.name(), one.version() + ".1", List.copyOf(one.outputs().keySet()))));
                after.add(GuixPackages.simple("new-" + one.name(), "0.1"));
            } else if (i % 15 == 0) {
                var outputs = GuixPackages.outputs(
                        one.name(), one.version(), one.outputs().keySet().stream().map(o -> o + "-again").toList());
                after.add(new DataServiceStub.Package(
                        one.name(), one.version(), one.synopsis(), one.description(), one.homePage(), one.file(),
                        one.line(), one.licenses(), outputs, one.derivation()));
            } else {
                after.add(one);
            }
        }
        return after;
    }

    /** Has the service put its answers together, which is not what is measured. */
    private static void warm(DataServiceStub stub, String... commits) throws Exception {
        Path folder = Files.createTempDirectory("cairn-warm");
        try {
            for (String commit : commits) {
                channel(stub.address(), folder, Optional.of(commit)).refresh(EventSink.NONE);
            }
        } finally {
            FileTrees.delete(folder);
        }
    }

    private static String run(DataServiceStub stub, Path folder) throws IOException, InterruptedException {
        int before = stub.asked().size();
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmn48m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                GuixPullBench.class.getName(), "pull"));
        command.addAll(Arrays.asList(stub.address().toString(), folder.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = String.join("; ", reader.lines().toList());
            process.waitFor();
            return line + "; " + (stub.asked().size() - before) + " questions";
        }
    }

    private static GuixChannel channel(URI service, Path folder, Optional<String> commit) {
        GuixSource source = new GuixSource(service, "guix", "master", commit, List.of());
        return new GuixChannel("guix", 0, folder, new GuixChannel.Settings(
                source, "x86_64-linux", Proxies.NONE, PackageSources.NONE));
    }

    private static void pull(URI service, Path folder) throws CairnException, IOException {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        GuixChannel channel = channel(service, folder.resolve("channel"), Optional.empty());
        channel.refresh(EventSink.NONE);
        long fetched = System.currentTimeMillis();
        try (Catalog catalog =
                CatalogFile.open(folder.resolve("catalog.sqlite"), List.of(channel), EventSink.NONE)) {
            int found = catalog.search("emacs", 10).size();
            long done = System.currentTimeMillis();
            System.out.printf("%5.2f s (fetched after %5.2f s), of processors %5.2f s; %d packages, %d found; %s%n",
                    (done - started) / 1000.0, (fetched - started) / 1000.0, processors(), catalog.size(), found,
                    memory());
        }
    }

    private static double processors() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static String memory() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("").replaceAll("\\s+", " ");
        }
    }
}
