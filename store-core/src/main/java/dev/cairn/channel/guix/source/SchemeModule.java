// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import dev.cairn.scheme.code.TopLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a module defines, exports and imports, by where its text says so; the text itself is not in it. Immutable.
 *
 * @param file of the module
 * @param forms all of its top-level forms
 * @param definitions where each variable is defined; the last time, if several times
 * @param changed variables that are assigned to later, or defined in a way that could not be read
 * @param exports the names inside of what others may see, by the names that they see
 * @param imports in order; later ones go before earlier ones
 */
record SchemeModule(
        String file,
        TopLevel forms,
        Map<String, TopLevel.Start> definitions,
        Set<String> changed,
        Map<String, String> exports,
        List<Import> imports) {
    private static final Set<String> PRIVATE = Set.of("define", "define*", "define-inlinable");
    private static final Set<String> PUBLIC = Set.of("define-public", "define*-public");
    private static final Set<String> EXPORTS =
            Set.of("export", "re-export", "export!", "re-export-and-replace", "replace", "export-syntax");

    /** Whether forms that begin with this symbol define a variable. */
    static boolean isDefinition(String operator) {
        return PRIVATE.contains(operator) || PUBLIC.contains(operator);
    }

    /**
     * Reads what a text says of itself.
     *
     * @throws FormatException when it is no Scheme
     */
    static SchemeModule read(String file, String text) throws FormatException {
        return new Builder(file, text).build();
    }

    private static final class Builder {
        private final String file;
        private final String text;
        private final Map<String, TopLevel.Start> definitions = new HashMap<>();
        private final Set<String> changed = new HashSet<>();
        private final Map<String, String> exports = new HashMap<>();
        private final List<Import> imports = new ArrayList<>();

        Builder(String file, String text) {
            this.file = file;
            this.text = text;
        }

        SchemeModule build() throws FormatException {
            TopLevel forms = TopLevel.of(text);
            for (TopLevel.Start start : forms.starts()) {
                List<Form> first = FormReader.readFirst(text, start, 1);
                if (!first.isEmpty() && first.getFirst() instanceof Form.Symbol(String operator, _)) {
                    add(operator, start);
                }
            }
            return new SchemeModule(
                    file, forms, Map.copyOf(definitions), Set.copyOf(changed), Map.copyOf(exports),
                    List.copyOf(imports));
        }

        private void add(String operator, TopLevel.Start start) throws FormatException {
            switch (operator) {
                case "define-module" -> moduleClauses(whole(start).operands());
                case "use-modules" -> whole(start).operands().forEach(each -> Import.of(each).ifPresent(imports::add));
                case "use-package-modules" -> whole(start).operands().forEach(this::packageModule);
                case "autoload" -> {
                    List<Form> operands = whole(start).operands();
                    if (operands.size() == 2) {
                        Import.of(operands.get(0), operands.get(1)).ifPresent(imports::add);
                    }
                }
                case "set!" -> name(start).ifPresent(changed::add);
                case "begin", "eval-when", "cond-expand", "if", "when", "unless" -> hidden(whole(start));
                default -> {
                    if (EXPORTS.contains(operator)) {
                        whole(start).operands().forEach(this::export);
                    } else if (operator.startsWith("define")) {
                        define(operator, start);
                    }
                }
            }
        }

        private void define(String operator, TopLevel.Start start) throws FormatException {
            Optional<String> name = name(start);
            if (name.isEmpty()) {
                return;
            }
            if (isDefinition(operator)) {
                definitions.put(name.get(), start);
                changed.remove(name.get());
            } else {
                changed.add(name.get());
            }
            if (operator.contains("public")) {
                exports.put(name.get(), name.get());
            }
        }

        /** The variable that a definition is about: the second element, or what that begins with. */
        private Optional<String> name(TopLevel.Start start) throws FormatException {
            List<Form> first = FormReader.readFirst(text, start, 2);
            return first.size() < 2 ? Optional.empty() : name(first.get(1));
        }

        private static Optional<String> name(Form form) {
            return switch (form) {
                case Form.Symbol(String name, _) -> Optional.of(name);
                case Form.Listing list when !list.elements().isEmpty() -> name(list.elements().getFirst());
                default -> Optional.empty();
            };
        }

        /** Definitions inside other forms may or may not be made. */
        private void hidden(Form.Listing form) {
            for (Form each : form.operands()) {
                if (each instanceof Form.Listing list) {
                    if (list.operator().startsWith("define") || list.isCall("set!")) {
                        list.operands().stream().limit(1).forEach(name -> name(name).ifPresent(changed::add));
                    }
                    hidden(list);
                }
            }
        }

        private Form.Listing whole(TopLevel.Start start) throws FormatException {
            return (Form.Listing) FormReader.readAt(text, start.offset(), start.place());
        }

        private void packageModule(Form form) {
            if (form instanceof Form.Symbol name) {
                Form.Symbol gnu = new Form.Symbol("gnu", name.place());
                Form.Symbol packages = new Form.Symbol("packages", name.place());
                Import.of(new Form.Listing(List.of(gnu, packages, name), Optional.empty(), name.place()))
                        .ifPresent(imports::add);
            }
        }

        private void moduleClauses(List<Form> operands) {
            int i = 1;
            while (i < operands.size()) {
                String key = operands.get(i) instanceof Form.Keyword(String name, _) ? name : "";
                Optional<Form> value = i + 1 < operands.size() ? Optional.of(operands.get(i + 1)) : Optional.empty();
                switch (key) {
                    case "use-module" -> value.flatMap(Import::of).ifPresent(imports::add);
                    case "autoload" -> {
                        if (value.isPresent() && i + 2 < operands.size()) {
                            Import.of(value.get(), operands.get(i + 2)).ifPresent(imports::add);
                            i++;
                        }
                    }
                    case "" -> {
                        i++;
                        continue;
                    }
                    default -> {
                        if (EXPORTS.contains(key) && value.isPresent()) {
                            export(value.get());
                        } else if (key.equals("pure") || key.equals("no-backtrace")) {
                            i--;
                        }
                    }
                }
                i += 2;
            }
        }

        /** Takes a name, a pair of names, or a list of them. */
        private void export(Form form) {
            boolean list = form instanceof Form.Listing listing && listing.tail().isEmpty();
            exports.putAll(Import.renames(
                    list ? form : new Form.Listing(List.of(form), Optional.empty(), form.place())));
        }
    }
}
