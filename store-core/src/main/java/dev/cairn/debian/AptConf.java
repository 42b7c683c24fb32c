// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * apt's settings (apt.conf(5)): a tree of values, found by names such as {@code Acquire::http::Proxy} whatever their
 * case. Immutable.
 */
public final class AptConf {
    static final String SEPARATOR = "::";

    /** By name in lower case; entries of lists have names of their own. */
    private final Map<String, String> values;

    AptConf(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Without any settings. */
    public static AptConf empty() {
        return new AptConf(Map.of());
    }

    /** A value; nothing where it is not set or empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(key(name))).filter(value -> !value.isEmpty());
    }

    /** A switch; {@code otherwise} where it is not set or no word for yes or no. */
    public boolean flag(String name, boolean otherwise) {
        return get(name).flatMap(AptConf::truth).orElse(otherwise);
    }

    /** The entries of a list, in order; those of a plain value are parted by commas. */
    public List<String> list(String name) {
        String prefix = key(name) + SEPARATOR;
        List<String> entries = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.indexOf(SEPARATOR, prefix.length()) < 0 && !value.isEmpty()) {
                entries.add(value);
            }
        });
        if (entries.isEmpty()) {
            get(name).ifPresent(value -> {
                for (String part : value.split(",")) {
                    if (!part.isBlank()) {
                        entries.add(part.strip());
                    }
                }
            });
        }
        return entries;
    }

    /** What a word for yes or no means: those that apt knows. */
    public static Optional<Boolean> truth(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "with", "on", "enable", "1" -> Optional.of(true);
            case "no", "false", "without", "off", "disable", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
