// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.scheme.code.Form;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A module whose variables another one sees.
 *
 * @param file of the imported module
 * @param selected if only some are seen: the names that these have there, by the names that they have here
 * @param hidden those that are not seen
 * @param prefix of all names here
 */
record Import(String file, Optional<Map<String, String>> selected, Set<String> hidden, String prefix) {
    Import {
        selected = selected.map(Map::copyOf);
        hidden = Set.copyOf(hidden);
    }

    /** The name in the imported module of what is called {@code name} here, if that may come from it. */
    Optional<String> original(String name) {
        if (!name.startsWith(prefix) || name.length() == prefix.length()) {
            return Optional.empty();
        }
        String plain = name.substring(prefix.length());
        if (selected.isPresent()) {
            return Optional.ofNullable(selected.get().get(plain));
        }
        return hidden.contains(plain) ? Optional.empty() : Optional.of(plain);
    }

    /** Reads {@code (a b)} or {@code ((a b) #:select (x (y . z)) #:hide (w) #:prefix p:)}. */
    static Optional<Import> of(Form form) {
        if (!(form instanceof Form.Listing list) || list.elements().isEmpty()) {
            return Optional.empty();
        }
        if (!(list.elements().getFirst() instanceof Form.Listing name)) {
            return file(list).map(file -> new Import(file, Optional.empty(), Set.of(), ""));
        }
        Optional<Map<String, String>> selected = Optional.empty();
        Set<String> hidden = Set.of();
        Optional<String> prefix = Optional.of("");
        List<Form> clauses = list.operands();
        for (int i = 0; i + 1 < clauses.size(); i += 2) {
            Form value = clauses.get(i + 1);
            switch (clauses.get(i).kind()) {
                case "'#:select'" -> selected = Optional.of(renames(value));
                case "'#:hide'" -> hidden = new HashSet<>(renames(value).values());
                case "'#:prefix'" -> prefix = symbol(value);
                case "'#:renamer'" -> prefix = prefixOf(value);
                case "'#:version'" -> {
                    // There is only one.
                }
                default -> prefix = Optional.empty();
            }
        }
        if (prefix.isEmpty()) {
            // What the names would be is anybody's guess, so none of them is seen.
            return Optional.empty();
        }
        Import all = new Import("", selected, hidden, prefix.get());
        return file(name).map(file -> new Import(file, all.selected, all.hidden, all.prefix));
    }

    private static Optional<String> symbol(Form form) {
        return form instanceof Form.Symbol(String name, _) ? Optional.of(name) : Optional.empty();
    }

    /** The prefix in {@code (symbol-prefix-proc 'PREFIX)}. */
    private static Optional<String> prefixOf(Form form) {
        return form instanceof Form.Listing call && call.isCall("symbol-prefix-proc") && call.operands().size() == 1
                ? Expressions.quoted(call.operands().getFirst()).flatMap(Import::symbol)
                : Optional.empty();
    }

    /** An import of these names alone. */
    static Optional<Import> of(Form module, Form names) {
        return module instanceof Form.Listing name
                ? file(name).map(file -> new Import(file, Optional.of(renames(names)), Set.of(), ""))
                : Optional.empty();
    }

    /** The file of the module of this name; empty when it has none. */
    static Optional<String> file(Form.Listing name) {
        StringBuilder file = new StringBuilder();
        for (Form part : name.elements()) {
            if (!(part instanceof Form.Symbol(String text, _)) || !isFileName(text)) {
                return Optional.empty();
            }
            file.append(file.isEmpty() ? "" : "/").append(text);
        }
        return file.isEmpty() || file.length() > 1000 || name.tail().isPresent()
                ? Optional.empty()
                : Optional.of(file.append(".scm").toString());
    }

    private static boolean isFileName(String text) {
        return !text.equals(".") && !text.equals("..") && text.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    }

    /** The names there of a list of symbols and pairs {@code (THERE . HERE)}, by the names here. */
    static Map<String, String> renames(Form form) {
        Map<String, String> renames = new HashMap<>();
        if (form instanceof Form.Listing list) {
            for (Form each : list.elements()) {
                switch (each) {
                    case Form.Symbol(String name, _) -> renames.put(name, name);
                    case Form.Listing pair
                            when pair.elements().size() == 1
                                    && pair.elements().getFirst() instanceof Form.Symbol(String there, _)
                                    && pair.tail().isPresent()
                                    && pair.tail().get() instanceof Form.Symbol(String here, _) ->
                        renames.put(here, there);
                    default -> {
                        // Nothing that a name could be.
                    }
                }
            }
        }
        return renames;
    }
}
