// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of shell that set environment variables (formats, section 10.9). */
public final class ShellDefinition {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ShellDefinition() {}

    /** Whether a shell takes {@code text} as the name of a variable. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@code text} as it is to stand between double quotes. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '$' || c == '`') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /**
     * Sets the variable to the value.
     *
     * @param value what stands between double quotes; {@link #escape Escaped} where it comes from outside
     */
    public static String exact(String variable, String value) {
        return "export " + variable + "=\"" + value + "\"";
    }

    /** Puts the value in front of what the variable holds; without a separator, in its place. */
    public static String prefix(String variable, String value, Optional<String> separator) {
        return exact(variable, separator.map(s -> value + unlessEmpty(variable, s) + "$" + variable).orElse(value));
    }

    /** Puts the value behind what the variable holds; without a separator, in its place. */
    public static String suffix(String variable, String value, Optional<String> separator) {
        return exact(variable, separator.map(s -> "$" + variable + unlessEmpty(variable, s) + value).orElse(value));
    }

    private static String unlessEmpty(String variable, String separator) {
        return "${" + variable + ":+" + escape(separator).replace("}", "\\}") + "}";
    }
}
