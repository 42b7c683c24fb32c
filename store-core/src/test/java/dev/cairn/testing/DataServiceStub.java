// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Guix Data Service on the loopback interface, as its version of 2022 answers (services, section 1): one repository
 * with one branch, whose commits have the packages that tests put there. Single answers can be replaced by anything.
 */
public final class DataServiceStub implements AutoCloseable {
    static {
        // Else every small answer on a kept connection waits for an acknowledgement that comes 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** A package. @param outputs store paths by output; @param derivation empty for one without */
    public record Package(
            String name,
            String version,
            String synopsis,
            String description,
            String homePage,
            String file,
            int line,
            List<String> licenses,
            SortedMap<String, String> outputs,
            String derivation) {}

    /** Answers instead of the stub. */
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private record Commit(String hash, String date, boolean processed, List<Package> packages) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean circling;
    private volatile Duration latency = Duration.ZERO;
    private volatile Comparator<String> order = Comparator.naturalOrder();

    private DataServiceStub(HttpServer server) {
        this.server = server;
    }

    public static DataServiceStub start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DataServiceStub stub = new DataServiceStub(server);
        server.setExecutor(stub.threads);
        server.createContext("/", stub::handle);
        server.start();
        return stub;
    }

    /** Where it is, without a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Puts a newer commit on the branch. @param date as {@code YYYY-MM-DD HH:MM:SS} */
    public DataServiceStub commit(String hash, String date, List<Package> packages) {
        List<Package> sorted = new ArrayList<>(packages);
        sorted.sort(Comparator.comparing(Package::name, order).thenComparing(Package::version));
        commits.addFirst(new Commit(hash, date, true, sorted));
        return this;
    }

    /** Puts a newer commit on the branch that was not processed. */
    public DataServiceStub unprocessed(String hash, String date) {
        commits.addFirst(new Commit(hash, date, false, List.of()));
        return this;
    }

    /** Has names in another order than that of their octets; to be said before there are commits. */
    public void order(Comparator<String> names) {
        order = names;
    }

    /** From now on pages come again and again, whatever the cursor says. */
    public void circle() {
        circling = true;
    }

    /** Every answer comes this much later. */
    public void latency(Duration time) {
        latency = time;
    }

    /** Has everything whose path begins so answered by {@code answer}. */
    public void replace(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** Answers as the stub itself would again. */
    public void restore(String path) {
        answers.remove(path);
    }

    /** Addresses that were asked for, without the host. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Gives a text with a status. */
    public static Answer text(int status, String type, String text) {
        return exchange -> send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives JSON. */
    public static Answer json(String text) {
        return text(200, "application/json", text);
    }

    /** Begins a long answer and breaks off in its middle. */
    public static Answer half(String text) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, text.length() * 2L);
            OutputStream out = exchange.getResponseBody();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("broken off on purpose");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            asked.add(exchange.getRequestURI().toString());
            pause();
            for (Map.Entry<String, Answer> answer : answers.entrySet()) {
                if (path.startsWith(answer.getKey())) {
                    answer.getValue().give(exchange);
                    return;
                }
            }
            String known = commits.getFirst().hash() + exchange.getRequestURI();
            byte[] body = bodies.get(known);
            if (body == null) {
                Optional<Object> found = answer(path, query(exchange.getRequestURI().getRawQuery()));
                if (found.isEmpty()) {
                    byte[] nothing = "{\"error\":\"not found\"}".getBytes(StandardCharsets.UTF_8);
                    send(exchange, 404, "application/json", nothing);
                    return;
                }
                body = compressed(found.get());
                bodies.put(known, body);
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            send(exchange, 200, "application/json", body);
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(latency);
        } catch (InterruptedException _) {
            throw new IOException("the stub is closed");
        }
    }

    private static byte[] compressed(Object answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(JsonMapper.shared().writeValueAsBytes(answer));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private Optional<Object> answer(String rawPath, Map<String, String> query) {
        String path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        String[] parts = path.replaceFirst("\\.json$", "").substring(1).split("/");
        return switch (parts[0]) {
            case "repositories" -> Optional.of(Map.of("repositories", List.of(
                    Map.of("id", 2, "label", "guix-patches", "url", "http://patches.example.org/"),
                    Map.of("id", 7, "label", "guix", "url", "http://git.example.org/guix.git"))));
            case "repository" -> parts[1].equals("7") ? repository(parts) : Optional.empty();
            case "revision" -> commits.stream()
                    .filter(commit -> commit.processed() && parts.length > 1 && commit.hash().equals(parts[1]))
                    .findFirst()
                    .flatMap(commit -> revision(commit, parts, query));
            case "compare" -> compare(query.getOrDefault("base_commit", ""), query.getOrDefault("target_commit", ""));
            case "gnu" -> parts.length == 4 ? derivation(parts[2]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Object> repository(String[] parts) {
        if (parts.length == 2) {
            return Optional.of(Map.of("id", "7", "branches", List.of(
                    Map.of("name", "master", "commit", commits.getFirst().hash()),
                    Map.of("name", "gone", "commit", ""))));
        }
        if (!parts[3].equals("master")) {
            return Optional.empty();
        }
        if (parts.length == 4) {
            return Optional.of(Map.of("revisions", commits.stream()
                    .map(commit -> Map.of(
                            "date", commit.date(), "commit-hash", commit.hash(), "data_available", commit.processed()))
                    .toList()));
        }
        return commits.stream()
                .filter(Commit::processed)
                .findFirst()
                .map(commit -> Map.of("revision", Map.of("commit", commit.hash()), "packages_count", "4"));
    }

    private Optional<Object> revision(Commit commit, String[] parts, Map<String, String> query) {
        return switch (parts[2]) {
            case "packages" -> Optional.of(Map.of(
                    "revision", Map.of("commit", commit.hash()),
                    "packages", packages(commit, query).stream().map(DataServiceStub::row).toList()));
            case "package-derivation-outputs" ->
                Optional.of(Map.of("revision", commit.hash(), "store_paths", outputs(commit, query)));
            case "package" -> commit.packages().stream()
                    .filter(one -> one.name().equals(parts[3]) && one.version().equals(parts[4]))
                    .findFirst()
                    .map(one -> Map.of(
                            "name", one.name(),
                            "version", one.version(),
                            "derivations", one.derivation().isEmpty()
                                    ? List.of()
                                    : List.of(
                                            Map.of("system", "aarch64-linux", "target", "", "derivation", "/gnu/store/x"),
                                            Map.of(
                                                    "system", "x86_64-linux",
                                                    "target", "",
                                                    "derivation", one.derivation()))));
            default -> Optional.empty();
        };
    }

    private Optional<Object> compare(String base, String target) {
        Optional<Commit> before = commits.stream().filter(one -> one.processed() && one.hash().equals(base)).findFirst();
        Optional<Commit> after = commits.stream().filter(one -> one.processed() && one.hash().equals(target)).findFirst();
        return before.isEmpty() || after.isEmpty()
                ? Optional.of(Map.of("error", "invalid query"))
                : Optional.of(Map.of(
                        "base", side(before.get(), after.get()),
                        "target", side(after.get(), before.get())));
    }

    private static Map<String, Object> side(Commit of, Commit other) {
        Set<Object> others = new HashSet<>();
        other.packages().forEach(one -> others.add(row(one)));
        return Map.of("commit", of.hash(), "packages", of.packages().stream()
                .filter(one -> !others.contains(row(one)))
                .map(one -> Map.of("name", one.name(), "version", one.version()))
                .toList());
    }

    private List<Package> packages(Commit commit, Map<String, String> query) {
        if (query.containsKey("all_results")) {
            return commit.packages();
        }
        String after = circling ? "" : query.getOrDefault("after_name", "");
        int limit = Integer.parseInt(query.getOrDefault("limit_results", "100"));
        List<String> names = commit.packages().stream()
                .map(Package::name)
                .filter(name -> order.compare(name, after) > 0)
                .distinct()
                .limit(limit)
                .toList();
        return names.isEmpty()
                ? List.of()
                : commit.packages().stream()
                        .filter(one -> order.compare(one.name(), after) > 0
                                && order.compare(one.name(), names.getLast()) <= 0)
                        .toList();
    }

    private static Map<String, Object> row(Package one) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", one.name());
        row.put("version", one.version());
        row.put("synopsis", prose(one.synopsis()));
        row.put("description", prose(one.description()));
        row.put("home-page", one.homePage().isEmpty() ? Boolean.FALSE : one.homePage());
        row.put("location", Map.of("file", one.file(), "line", Integer.toString(one.line()), "column", "2"));
        row.put("licenses", one.licenses().stream().map(license -> Map.of("name", license)).toList());
        return row;
    }

    private static Map<String, String> prose(String text) {
        return Map.of("source", text, "html", "<p>" + text + "</p>", "plain", text, "locale", "en_US.UTF-8");
    }

    private List<Object> outputs(Commit commit, Map<String, String> query) {
        record Output(String path, Package of) {}
        if (!query.getOrDefault("system", "").equals("x86_64-linux")) {
            return List.of();
        }
        List<Output> all = new ArrayList<>();
        for (Package one : commit.packages()) {
            one.outputs().values().forEach(path -> all.add(new Output(path, one)));
        }
        all.sort(Comparator.comparing(Output::path));
        String after = circling ? "" : query.getOrDefault("after_path", "");
        int limit = query.containsKey("all_results")
                ? Integer.MAX_VALUE
                : Integer.parseInt(query.getOrDefault("limit_results", "10"));
        return all.stream()
                .filter(output -> output.path().compareTo(after) > 0)
                .limit(limit)
                .<Object>map(output -> Map.of(
                        "package", Map.of("name", output.of().name(), "version", output.of().version()),
                        "path", output.path()))
                .toList();
    }

    private Optional<Object> derivation(String baseName) {
        return commits.stream()
                .flatMap(commit -> commit.packages().stream())
                .filter(one -> one.derivation().equals("/gnu/store/" + baseName))
                .findFirst()
                .map(one -> Map.of("outputs", one.outputs().entrySet().stream()
                        .map(output -> Map.of("output-name", output.getKey(), "path", output.getValue()))
                        .toList()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
