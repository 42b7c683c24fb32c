// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.AptConf;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy apt reaches an archive through (apt-transport-http(1)): what its settings say for the host, then for all
 * hosts, then the variables {@code http_proxy} and {@code https_proxy}; none for hosts in {@code no_proxy}. Settings
 * for http count for https too.
 */
final class AptProxies {
    private static final String DIRECT = "DIRECT";

    private final AptConf conf;
    private final Map<String, String> environment;

    AptProxies(AptConf conf, Map<String, String> environment) {
        this.conf = conf;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Where a proxy is set.
     *
     * @param problem why a proxy that is set is not used
     * @param reachable whether the archive may be reached directly then: not where it is meant to be hidden
     */
    record Choice(Optional<URI> proxy, Optional<String> problem, boolean reachable) {
        private static final Choice NONE = new Choice(Optional.empty(), Optional.empty(), true);

        private static Choice broken(String problem) {
            return new Choice(
                    Optional.empty(), Optional.of(problem + "; the archive is not used, as it must not be reached"
                            + " in another way"), false);
        }
    }

    Choice choose(URI archive) {
        String scheme = archive.getScheme();
        String host = archive.getHost();
        if (host == null || !scheme.equals("http") && !scheme.equals("https") || excepted(host)) {
            return Choice.NONE;
        }
        Optional<String> set = setting(scheme, "Proxy::" + host);
        if (set.isEmpty() && detects(scheme)) {
            return new Choice(
                    Optional.empty(),
                    Optional.of("the program that apt asks for a proxy (Proxy-Auto-Detect) is not run; the archive is"
                            + " reached directly"),
                    true);
        }
        set = set.or(() -> setting(scheme, "Proxy"))
                .or(() -> scheme.equals("https") ? variable("https_proxy") : Optional.empty())
                .or(() -> variable("http_proxy"));
        if (set.isEmpty() || set.get().equals(DIRECT)) {
            return Choice.NONE;
        }
        return parse(set.get());
    }

    private boolean detects(String scheme) {
        return setting(scheme, "Proxy-Auto-Detect")
                .or(() -> setting(scheme, "ProxyAutoDetect"))
                .isPresent();
    }

    private Optional<String> setting(String scheme, String name) {
        Optional<String> own = conf.get("Acquire::" + scheme + "::" + name);
        return own.isPresent() ? own : conf.get("Acquire::http::" + name);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Choice parse(String text) {
        String address = text.contains("://") ? text : "http://" + text;
        try {
            var uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null) {
                return Choice.broken("the proxy has no host");
            }
            if (!scheme.equals("http")) {
                return Choice.broken("proxies of the kind " + scheme + " are not supported");
            }
            return new Choice(Optional.of(uri), Optional.empty(), true);
        } catch (URISyntaxException _) {
            // Without the text, as it may hold a password.
            return Choice.broken("the proxy is no address");
        }
    }

    /** Whether {@code no_proxy} names the host or a domain that it is in. */
    private boolean excepted(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        for (String entry : variable("no_proxy").orElse("").split("[,\\s]+")) {
            String domain = entry.toLowerCase(Locale.ROOT);
            if (domain.equals("*")) {
                return true;
            }
            domain = domain.startsWith("*.") ? domain.substring(2) : domain;
            domain = domain.startsWith(".") ? domain.substring(1) : domain;
            if (!domain.isEmpty() && (wanted.equals(domain) || wanted.endsWith("." + domain))) {
                return true;
            }
        }
        return false;
    }
}
