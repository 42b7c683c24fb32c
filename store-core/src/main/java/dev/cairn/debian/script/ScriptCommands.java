// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import dev.cairn.debian.script.ScriptAction.Alternative;
import dev.cairn.debian.script.ScriptAction.NotUnderstood;
import dev.cairn.debian.script.ScriptAction.Slave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises commands that concern a profile. */
final class ScriptCommands {
    /** Commands that a script cannot be understood without, if it has them at all. */
    static final Set<String> NAMES = Set.of(
            "update-alternatives",
            "deb-systemd-invoke",
            "invoke-rc.d",
            "systemctl",
            "service",
            "adduser",
            "addgroup",
            "useradd",
            "groupadd",
            "systemd-sysusers",
            "dpkg-divert",
            "dpkg-trigger");

    /** Commands that do nothing that matters here and do not fail as a rule. */
    private static final Set<String> QUIET = Set.of(
            ":", "true", "set", "echo", "printf", "rm", "mkdir", "ln", "cp", "mv", "chmod", "chown", "touch", "umask",
            "export", "unset", "local", "readonly", "trap", "shift", "db_stop", ".", "cd", "install", "ldconfig",
            "update-alternatives");

    private static final Set<String> STARTING = Set.of("start", "restart", "try-restart", "reload-or-restart");
    private static final int SHOWN = 160;

    private ScriptCommands() {}

    /**
     * What a command does.
     *
     * @param name without its folder
     * @param words those after the name; unknown ones are empty
     * @param source as written
     * @param conditional whether it is run only under a condition that is not known
     */
    static List<ScriptAction> actions(
            String name, List<Optional<String>> words, String source, boolean conditional) {
        return switch (name) {
            case "update-alternatives" -> alternatives(words, source, conditional);
            case "deb-systemd-invoke", "systemctl" -> service(plain(words), source).stream().toList();
            case "invoke-rc.d", "service" -> service(swapped(plain(words)), source).stream().toList();
            case "adduser", "addgroup", "useradd", "groupadd", "systemd-sysusers" ->
                List.of(new ScriptAction.AddsAccount(shown(name + " " + joined(words))));
            case "dpkg-divert" -> diversion(words, source).stream().toList();
            case "dpkg-trigger" -> trigger(words, source).stream().toList();
            default -> List.of();
        };
    }

    /** Whether a command does not fail as a rule. */
    static boolean succeeds(String name) {
        return QUIET.contains(name);
    }

    static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static String joined(List<Optional<String>> words) {
        return words.stream().map(word -> word.orElse("…")).collect(Collectors.joining(" "));
    }

    private static ScriptAction unclear(String source, String reason) {
        return new NotUnderstood(shown(source), reason);
    }

    private static Optional<ScriptAction> notUnderstood(String source, String reason) {
        return Optional.of(unclear(source, reason));
    }

    private static List<ScriptAction> alternatives(List<Optional<String>> words, String source, boolean conditional) {
        int install = words.indexOf(Optional.of("--install"));
        if (install < 0) {
            boolean unknown = words.isEmpty() || words.getFirst().isEmpty();
            return unknown ? List.of(unclear(source, "what it does is not constant")) : List.of();
        }
        List<Optional<String>> rest = words.subList(install + 1, words.size());
        List<String> known = rest.stream().takeWhile(Optional::isPresent).map(Optional::get).toList();
        if (known.size() < 4) {
            boolean all = known.size() == rest.size();
            return List.of(unclear(
                    source, all ? "it has no link, name, path and priority" : "some of its words are not constant"));
        }
        if (!known.get(3).matches("-?[0-9]{1,9}")) {
            return List.of(unclear(source, "its priority is no number"));
        }
        if (!isLink(known.get(0), known.get(1), known.get(2))) {
            return List.of(unclear(source, "its names are not those of files"));
        }
        Optional<List<Slave>> slaves = known.size() == rest.size() ? slaves(known) : Optional.empty();
        var alternative = new Alternative(
                known.get(0),
                known.get(1),
                known.get(2),
                Integer.parseInt(known.get(3)),
                slaves.orElse(List.of()),
                conditional);
        return slaves.isPresent()
                ? List.of(alternative)
                : List.of(alternative, unclear(source, "which links go with it is not constant"));
    }

    /** The groups of four words behind link, name, path and priority; nothing if they are something else. */
    private static Optional<List<Slave>> slaves(List<String> words) {
        List<Slave> slaves = new ArrayList<>();
        for (int i = 4; i < words.size(); i += 4) {
            if (i + 3 >= words.size()
                    || !words.get(i).equals("--slave")
                    || !isLink(words.get(i + 1), words.get(i + 2), words.get(i + 3))) {
                return Optional.empty();
            }
            slaves.add(new Slave(words.get(i + 1), words.get(i + 2), words.get(i + 3)));
        }
        return Optional.of(slaves);
    }

    private static boolean isLink(String link, String name, String path) {
        return isFile(link) && isName(name) && isFile(path);
    }

    private static boolean isFile(String name) {
        return name.startsWith("/")
                && name.length() <= 1024
                && !name.endsWith("/")
                && !(name + "/").contains("/../")
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    private static boolean isName(String name) {
        return name.matches("[^/\\s\\p{Cntrl}]{1,255}") && !name.equals(".") && !name.equals("..");
    }

    /** Words that are no options. */
    private static List<Optional<String>> plain(List<Optional<String>> words) {
        return words.stream()
                .filter(word -> word.isEmpty() || !word.get().startsWith("-"))
                .toList();
    }

    /** {@code invoke-rc.d} has the name before the action. */
    private static List<Optional<String>> swapped(List<Optional<String>> words) {
        return words.size() < 2 ? List.of() : List.of(words.get(1), words.get(0));
    }

    /** An action and a name. What is done to nothing known is no service. */
    private static Optional<ScriptAction> service(List<Optional<String>> words, String source) {
        if (words.size() < 2) {
            return Optional.empty();
        }
        if (words.getFirst().isEmpty()) {
            return notUnderstood(source, "whether it starts a service is not constant");
        }
        return STARTING.contains(words.getFirst().get())
                ? Optional.of(new ScriptAction.StartsService(words.get(1)))
                : Optional.empty();
    }

    private static Optional<ScriptAction> diversion(List<Optional<String>> words, String source) {
        Optional<String> path = Optional.empty();
        Optional<String> target = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).isEmpty()) {
                return notUnderstood(source, "some of its words are not constant");
            }
            String word = words.get(i).get();
            switch (word) {
                case "--remove", "--list", "--listpackage", "--truename", "--help", "--version" -> {
                    return Optional.empty();
                }
                case "--divert" -> {
                    i++;
                    target = i < words.size() ? words.get(i) : Optional.empty();
                }
                case "--package", "--admindir", "--instdir", "--root" -> i++;
                default -> path = word.startsWith("-") ? path : Optional.of(word);
            }
        }
        return path.filter(ScriptCommands::isFile).isPresent()
                ? Optional.of(new ScriptAction.Diverts(path.get(), target))
                : notUnderstood(source, "it names no file");
    }

    private static Optional<ScriptAction> trigger(List<Optional<String>> words, String source) {
        List<Optional<String>> plain = plain(words);
        if (plain.isEmpty() || words.contains(Optional.of("--check-supported"))) {
            return Optional.empty();
        }
        return plain.getLast().isPresent()
                ? Optional.of(new ScriptAction.Triggers(plain.getLast().get()))
                : notUnderstood(source, "the trigger is not constant");
    }
}
