// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proxies that environment variables name, as curl reads them: {@code http_proxy}, {@code https_proxy} and {@code
 * all_proxy}, of the last two also in capitals; {@code no_proxy} is a list of hosts and domains, or an asterisk. {@code
 * HTTP_PROXY} is left out, as a web server sets it from a header of the request.
 *
 * @param exempt hosts, without the dot in front that says that a whole domain is meant: it always is
 */
record EnvironmentProxies(Optional<URI> forHttp, Optional<URI> forHttps, List<String> exempt) implements Proxies {
    static final Proxies CURRENT = of(System.getenv());

    /** What cannot be read counts as not set. */
    static Proxies of(Map<String, String> environment) {
        Optional<URI> all = first(environment, "all_proxy", "ALL_PROXY");
        List<String> exempt = Stream.of("no_proxy", "NO_PROXY")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(value -> Stream.of(value.split("[,\\s]+"))
                        .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                        .filter(host -> !host.isEmpty())
                        .toList())
                .orElse(List.of());
        return new EnvironmentProxies(
                first(environment, "http_proxy").or(() -> all),
                first(environment, "https_proxy", "HTTPS_PROXY").or(() -> all),
                exempt);
    }

    @Override
    public Optional<URI> proxyFor(URI address) {
        Optional<URI> proxy = "https".equalsIgnoreCase(address.getScheme()) ? forHttps : forHttp;
        return proxy.filter(_ -> !isExempt(address));
    }

    private boolean isExempt(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        String withPort = host + ":" + address.getPort();
        return exempt.stream().anyMatch(name -> name.equals("*")
                || Stream.of(host, withPort).anyMatch(own -> own.equals(name) || own.endsWith("." + name)));
    }

    private static Optional<URI> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .flatMap(value -> address(value.contains("://") ? value : "http://" + value));
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
