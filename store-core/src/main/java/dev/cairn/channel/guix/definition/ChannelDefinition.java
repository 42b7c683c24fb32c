// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import java.util.Optional;

/**
 * A channel as {@code channels.scm} states it (services, section 4.1).
 *
 * @param name a symbol, such as {@code guix}
 * @param url of its Git repository, or a folder of this machine
 * @param branch or a full {@code refs/...} name; empty where only the commit counts
 * @param commit or tag to stay at
 */
public record ChannelDefinition(
        String name, String url, Optional<String> branch, Optional<String> commit,
        Optional<Introduction> introduction) {
    /** The branch where none is stated. */
    public static final String BRANCH = "master";

    /** Guix itself, as it comes (services, sections 0.2 and 4.1). */
    public static final ChannelDefinition GUIX = new ChannelDefinition(
            "guix",
            "https://git.guix.gnu.org/guix.git",
            Optional.of(BRANCH),
            Optional.empty(),
            Optional.of(new Introduction(
                    "9edb3f66fd807b096b48283debdcddccfea34bad",
                    new Fingerprint("BBB02DDF2CEAF6A80D1DE643A2A06DF2A33A54FA"))));

    private static final int LONGEST = 2000;

    /** @throws IllegalArgumentException when a part cannot be what it should be; the message says which */
    public ChannelDefinition {
        check(
                isWord(name) && name.matches("[^#{}()\\[\\]\"';,`|\\\\]+"),
                "'" + name + "' cannot be the name of a channel");
        check(isWord(url), "'" + url + "' cannot be the address of a channel");
        check(branch.map(ChannelDefinition::isWord).orElse(true), "a branch cannot be called so");
        check(commit.map(ChannelDefinition::isWord).orElse(true), "a commit cannot be called so");
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && !text.startsWith("-")
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    }

    /** With the introduction that comes with Guix, where this is Guix from its own address without one. */
    ChannelDefinition completed() {
        return name.equals(GUIX.name) && url.equals(GUIX.url) && introduction.isEmpty()
                ? new ChannelDefinition(name, url, branch, commit, GUIX.introduction)
                : this;
    }
}
