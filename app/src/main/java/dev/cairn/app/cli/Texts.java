// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** All words of the command line, from {@code cli.properties}. */
final class Texts {
    static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.cairn.ui.messages.cli", Locale.ROOT);

    private Texts() {}

    /** A text with {@code {0}}, {@code {1}} and so on replaced; numbers appear as their digits. */
    static String text(String key, Object... values) {
        String pattern = BUNDLE.getString(key);
        if (values.length == 0) {
            return pattern;
        }
        Object[] plain = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            plain[i] = values[i].toString();
        }
        return new MessageFormat(pattern, Locale.ROOT).format(plain);
    }
}
