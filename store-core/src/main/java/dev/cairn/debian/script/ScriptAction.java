// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;
import java.util.Optional;

/** Something that a maintainer script does and that concerns a profile or its user. */
public sealed interface ScriptAction {
    /**
     * Offers a program as one of several of a kind ({@code update-alternatives --install}).
     *
     * @param link where the chosen one is found, such as {@code /usr/bin/awk}
     * @param name of the link in {@code /etc/alternatives}
     * @param path that is offered, absolute
     * @param priority the highest is chosen
     * @param slaves links that go with it; none if a {@link NotUnderstood} beside says that they are not known
     * @param conditional whether it stands under a condition that the script alone does not decide
     */
    record Alternative(String link, String name, String path, int priority, List<Slave> slaves, boolean conditional)
            implements ScriptAction {
        public Alternative {
            slaves = List.copyOf(slaves);
        }
    }

    /** A link that goes with an alternative, if {@code path} exists. */
    record Slave(String link, String name, String path) {}

    /**
     * Starts or restarts a service of the system.
     *
     * @param name of the unit or script; empty if it is not known
     */
    record StartsService(Optional<String> name) implements ScriptAction {}

    /**
     * Makes an account or a group of the system.
     *
     * @param command as far as it is known
     */
    record AddsAccount(String command) implements ScriptAction {}

    /**
     * Moves a file of another package out of the way ({@code dpkg-divert}).
     *
     * @param path that is diverted
     * @param target where it goes; with {@code .distrib} behind its name if empty
     */
    record Diverts(String path, Optional<String> target) implements ScriptAction {}

    /** Awakens a trigger ({@code dpkg-trigger}). */
    record Triggers(String name) implements ScriptAction {}

    /**
     * Would be one of the others, but the script alone does not say what exactly.
     *
     * @param command as it is written, shortened
     * @param reason why, as a part of a sentence
     */
    record NotUnderstood(String command, String reason) implements ScriptAction {}
}
