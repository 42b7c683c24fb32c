// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.AptConf;
import dev.cairn.http.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names and passwords for archives, from {@code auth.conf} and {@code auth.conf.d} (apt_auth.conf(5)): {@code machine
 * [PROTOCOL://]HOST[:PORT][/PATH] login NAME password PASSWORD}. Without a protocol an entry is for https alone. The
 * first one that fits counts.
 */
final class AptLogins {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String scheme, String host, int port, String path, Login login) {
        boolean isFor(URI archive) {
            String own = Optional.ofNullable(archive.getRawPath()).orElse("");
            return scheme.equalsIgnoreCase(archive.getScheme())
                    && host.equalsIgnoreCase(archive.getHost())
                    && port == archive.getPort()
                    && own.startsWith(path)
                    && (path.isEmpty() || path.endsWith("/") || own.length() == path.length()
                            || own.charAt(path.length()) == '/');
        }
    }

    private AptLogins() {}

    /** What cannot be read is reported by the files. */
    static AptLogins read(AptFiles files, AptConf conf) {
        AptLogins logins = new AptLogins();
        files.text(files.located(conf, "Dir::Etc::netrc")).ifPresent(logins::add);
        for (Path part : files.parts(files.located(conf, "Dir::Etc::netrcparts"), List.of("conf"))) {
            files.text(part).ifPresent(logins::add);
        }
        return logins;
    }

    /** The login for an archive by its address: one that the address itself holds comes before those of the files. */
    Optional<Login> find(URI archive) {
        return entries.stream().filter(entry -> entry.isFor(archive)).map(Entry::login).findFirst();
    }

    private void add(String text) {
        List<String> words = text.lines()
                .map(line -> line.replaceFirst("^\\s*#.*", ""))
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
        Optional<String> machine = Optional.empty();
        String login = "";
        String password = "";
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "machine" -> {
                    add(machine, login, password);
                    machine = next(rest);
                    login = "";
                    password = "";
                }
                case "login" -> login = next(rest).orElse("");
                case "password" -> password = next(rest).orElse("");
                default -> { }
            }
        }
        add(machine, login, password);
    }

    private static Optional<String> next(Iterator<String> rest) {
        return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    }

    private void add(Optional<String> machine, String login, String password) {
        if (machine.isEmpty() || login.isEmpty() && password.isEmpty()) {
            return;
        }
        String name = machine.get();
        try {
            URI address = new URI(name.contains("://") ? name : "https://" + name);
            String scheme = address.getScheme().toLowerCase(Locale.ROOT);
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                entries.add(new Entry(
                        scheme,
                        address.getHost(),
                        address.getPort(),
                        Optional.ofNullable(address.getRawPath()).orElse(""),
                        new Login(login, password)));
            }
        } catch (URISyntaxException _) {
            // No archive has such an address, and what stands here is not to be shown.
            return;
        }
    }
}
