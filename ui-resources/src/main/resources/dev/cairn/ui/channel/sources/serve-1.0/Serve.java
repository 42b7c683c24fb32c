// SPDX-License-Identifier: Apache-2.0
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Serves files below one folder; answers GET and HEAD only. */
public final class Serve {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"), Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"), Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/plain; charset=utf-8"), Map.entry("xml", "application/xml"),
            Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"),
            Map.entry("gif", "image/gif"), Map.entry("webp", "image/webp"), Map.entry("pdf", "application/pdf"));

    private final Path root;
    private final boolean quiet;

    private Serve(Path root, boolean quiet) {
        this.root = root;
        this.quiet = quiet;
    }

    public static void main(String[] arguments) throws IOException {
        Serve serve = new Serve(Path.of(arguments[0]).toRealPath(), arguments[3].equals("yes"));
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])), 0);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("serve: cannot listen on " + arguments[1] + " port " + arguments[2] + ": " + e.getMessage());
            System.exit(1);
            return;
        }
        server.createContext("/", serve::answer);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("http://" + arguments[1] + ":" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status;
            try {
                status = respond(exchange);
            } catch (IOException | RuntimeException e) {
                status = -1;
            }
            if (!quiet) {
                System.err.println(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                        + (status < 0 ? "broken off" : status));
            }
        }
    }

    private int respond(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return send(exchange, 405, "text/plain; charset=utf-8", "Only GET and HEAD.\n");
        }
        String asked = exchange.getRequestURI().getPath();
        Path file = find(asked);
        if (file == null) {
            return send(exchange, 404, "text/plain; charset=utf-8", "Not found.\n");
        }
        if (Files.isDirectory(file)) {
            if (!asked.endsWith("/")) {
                exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getRawPath() + "/");
                return send(exchange, 301, "text/plain; charset=utf-8", "Moved.\n");
            }
            Path index = file.resolve("index.html");
            if (!Files.isRegularFile(index) || !index.toRealPath().startsWith(root)) {
                return send(exchange, 200, "text/html; charset=utf-8", listing(file, asked));
            }
            file = index;
        }
        return sendFile(exchange, file);
    }

    /** The file asked for, or null when it is not there, hidden, or outside of the root. */
    private Path find(String asked) {
        try {
            Path file = root;
            for (String part : asked.split("/")) {
                if (part.startsWith(".")) {
                    return null;
                }
                if (!part.isEmpty()) {
                    file = file.resolve(part);
                }
            }
            Path real = file.toRealPath();
            return real.startsWith(root) ? real : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String listing(Path folder, String asked) throws IOException {
        List<Path> entries;
        try (Stream<Path> files = Files.list(folder)) {
            entries = files.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
        }
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>" + escape(asked)
                + "</title>\n<h1>" + escape(asked) + "</h1>\n<ul>\n");
        if (!asked.equals("/")) {
            html.append("<li><a href=\"../\">..</a></li>\n");
        }
        for (Path entry : entries) {
            String slash = Files.isDirectory(entry) ? "/" : "";
            String name = entry.getFileName().toString();
            String address = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            html.append("<li><a href=\"./" + address + slash + "\">" + escape(name + slash) + "</a></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static int sendFile(HttpExchange exchange, Path file) throws IOException {
        String name = file.getFileName().toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1).toLowerCase(), "application/octet-stream");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        long size = Files.size(file);
        if (exchange.getRequestMethod().equals("HEAD") || size == 0) {
            exchange.sendResponseHeaders(200, -1);
            return 200;
        }
        exchange.sendResponseHeaders(200, size);
        try (var body = exchange.getResponseBody()) {
            Files.copy(file, body);
        }
        return 200;
    }

    private static int send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        return status;
    }
}
