// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

/**
 * A channel on the user's list.
 *
 * @param name what the user calls it
 * @param enabled whether its packages are offered
 * @param priority where several channels have a package, that of the greatest number is meant
 */
public record ChannelEntry(String name, ChannelOrigin origin, boolean enabled, int priority) {
    private static final int MAX_NAME = 64;

    /** One that nobody changed anything about. */
    static ChannelEntry usual(String name, ChannelOrigin origin) {
        return new ChannelEntry(name, origin, true, origin.usualPriority());
    }

    ChannelEntry withEnabled(boolean value) {
        return new ChannelEntry(name, origin, value, priority);
    }

    ChannelEntry withPriority(int value) {
        return new ChannelEntry(name, origin, enabled, value);
    }

    /** Whether a channel can be called that: letters, digits and {@code _ . -}, first a letter or digit. */
    static boolean isName(String text) {
        return text.length() <= MAX_NAME && text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
    }
}
