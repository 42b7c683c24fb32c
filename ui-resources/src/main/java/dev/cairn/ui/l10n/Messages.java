// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.l10n;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of one feature, from {@code dev/cairn/ui/messages/FEATURE.properties}. Patterns are those of
 * {@link MessageFormat}; so that no pattern has to double its apostrophes, texts use the typographic one (U+2019).
 * Safe for use by several threads.
 */
public final class Messages {
    private static final Map<String, Messages> OPEN = new ConcurrentHashMap<>();

    private final ResourceBundle bundle;
    private final Locale locale;

    private Messages(ResourceBundle bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
    }

    /**
     * The texts of a feature in the user's language, or in English where there is no translation.
     *
     * @throws java.util.MissingResourceException when there is no such bundle
     */
    public static Messages of(String feature) {
        return OPEN.computeIfAbsent(feature, name -> {
            Locale locale = Locale.getDefault(Locale.Category.DISPLAY);
            ResourceBundle.Control control =
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
            return new Messages(ResourceBundle.getBundle("dev/cairn/ui/messages/" + name, locale, control), locale);
        });
    }

    /**
     * A text, with {@code {0}}, {@code {1}} … replaced.
     *
     * @throws java.util.MissingResourceException when the bundle has no such key
     */
    public String text(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }

    /** Whether the bundle has this key. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }
}
