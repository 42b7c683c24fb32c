// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.bridge.publish.Packing;
import dev.cairn.bridge.publish.PublishSettings;
import dev.cairn.bridge.publish.Publisher;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.error.FormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code guix publish}, and a few of Cairn's own. */
final class PublishOptions {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([shdwm]?)");
    private static final int MAX_PORT = 65_535;

    @Option(names = "--port", paramLabel = "PORT", descriptionKey = "publish-port", order = 10)
    private int port = 8080;

    @Option(names = "--listen", paramLabel = "HOST", descriptionKey = "publish-listen", order = 11)
    private String listen = "localhost";

    @Option(names = "--dialect", paramLabel = "DIALECT", descriptionKey = "publish-dialect", order = 12)
    private String dialect = "guix";

    @Option(
            names = {"-C", "--compression"},
            arity = "0..1",
            fallbackValue = "gzip",
            paramLabel = "METHOD[:LEVEL]",
            descriptionKey = "publish-compression",
            order = 13)
    private List<String> compressions = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "TIME", descriptionKey = "publish-ttl", order = 14)
    private String ttl = "";

    @Option(names = "--negative-ttl", paramLabel = "TIME", descriptionKey = "publish-negative-ttl", order = 15)
    private String negativeTtl = "";

    @Option(
            names = {"-c", "--cache"},
            paramLabel = "DIR",
            descriptionKey = "publish-cache",
            order = 16)
    private @Nullable Path cache;

    @Option(names = "--cache-bypass-threshold", paramLabel = "SIZE", descriptionKey = "publish-threshold", order = 17)
    private String threshold = "10MiB";

    @Option(names = "--workers", paramLabel = "N", descriptionKey = "publish-workers", order = 18)
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--nar-path", paramLabel = "PATH", descriptionKey = "publish-nar-path", order = 19)
    private String narPath = "nar";

    @Option(names = "--private-key", paramLabel = "FILE", descriptionKey = "publish-private-key", order = 20)
    private List<Path> privateKeys = new ArrayList<>();

    @Option(names = "--public-key", paramLabel = "FILE", descriptionKey = "publish-public-key", order = 21)
    private @Nullable Path publicKey;

    @Option(
            names = {"-u", "--user"},
            hidden = true)
    private @Nullable String user;

    @Option(
            names = {"-a", "--advertise"},
            hidden = true)
    private boolean advertise;

    int port() throws UsageException {
        if (port < 0 || port > MAX_PORT) {
            throw new UsageException(Texts.text("error.publish-port", Integer.toString(port)));
        }
        return port;
    }

    String host() {
        return listen;
    }

    /** Whether the store of this process is to be one of Nix's kind. */
    boolean wantsNix() throws UsageException {
        return DaemonOptions.dialect(dialect) == Dialect.NIX;
    }

    List<Path> privateKeys() {
        return List.copyOf(privateKeys);
    }

    Optional<Path> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    /** What was asked for that is not done, with what to do instead. */
    Optional<String> unfulfilled() throws UsageException {
        if (user != null) {
            throw new UsageException(Texts.text("error.publish-user", user));
        }
        return advertise ? Optional.of(Texts.text("publish.no-advertising")) : Optional.empty();
    }

    PublishSettings settings(Dialect spoken) throws UsageException {
        List<Packing> packings = new ArrayList<>();
        for (String text : compressions) {
            try {
                packings.add(Packing.parse(text));
            } catch (FormatException e) {
                throw new UsageException(Texts.text("error.publish-compression", e.getMessage()));
            }
        }
        String path = narPath.replaceAll("^/+|/+$", "");
        try {
            return new PublishSettings(
                    spoken,
                    packings.isEmpty() ? List.of(Packing.DEFAULT) : packings,
                    time("--ttl", ttl),
                    time("--negative-ttl", negativeTtl),
                    path,
                    hostName());
        } catch (IllegalArgumentException _) {
            throw new UsageException(Texts.text("error.publish-nar-path", narPath));
        }
    }

    /** What this machine calls itself, as far as it can stand in a signature. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    Optional<Publisher.Cache> cache() throws UsageException {
        if (cache == null) {
            return Optional.empty();
        }
        if (workers < 1) {
            throw new UsageException(Texts.text("error.publish-workers"));
        }
        return Optional.of(new Publisher.Cache(cache.toAbsolutePath(), Sizes.parse(threshold), workers));
    }

    /** Seconds, or with a letter hours, days, weeks or months of 30 days. */
    private static Optional<Duration> time(String option, String text) throws UsageException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(Texts.text("error.publish-time", option, text));
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    case "w" -> Duration.ofDays(7 * count);
                    case "m" -> Duration.ofDays(30 * count);
                    default -> Duration.ofSeconds(count);
                });
    }
}
