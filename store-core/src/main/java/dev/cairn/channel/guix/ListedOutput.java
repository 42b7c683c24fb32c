// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.path.StorePath;
import java.util.Optional;

/** An output of a package, of which its derivation alone knows for sure how it is called. */
record ListedOutput(String name, String version, StorePath path) {
    /**
     * What the output is called, by the name of its item: derivations of packages are called {@code NAME-VERSION}, and
     * their items as the derivation, with {@code -OUTPUT} after it for outputs other than {@code out}.
     *
     * @return empty where the item is called otherwise
     */
    Optional<String> output() {
        String usual = name + "-" + version;
        String item = path.name();
        if (item.equals(usual)) {
            return Optional.of("out");
        }
        if (item.startsWith(usual + "-")) {
            String output = item.substring(usual.length() + 1);
            // An item of another version may begin so: outputs begin with a letter.
            return Optional.of(output).filter(ListedOutput::isOutput);
        }
        return Optional.empty();
    }

    /** Whether {@code text} can name an output. */
    static boolean isOutput(String text) {
        return text.length() <= 64
                && !text.isEmpty()
                && text.charAt(0) >= 'a'
                && text.charAt(0) <= 'z'
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }
}
