// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.source.Expressions.Value;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.manifest.ShellDefinition;
import dev.cairn.scheme.code.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of search path specifications. For one question, by one thread. */
final class SearchPathReader {
    private static final String FIELD = "native-search-paths";

    private final Expressions expressions;
    private final PackageReader packages;

    SearchPathReader(Expressions expressions, PackageReader packages) {
        this.expressions = expressions;
        this.packages = packages;
    }

    /**
     * What was read of a list.
     *
     * @param problems what could not be read, so that {@code paths} are not all
     */
    record SearchPaths(List<SearchPathSpecification> paths, List<String> problems) {
        static SearchPaths none() {
            return new SearchPaths(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Those that a package states, or inherits. */
    SearchPaths of(GuixPackage subject) throws CairnException {
        Optional<PackageReader.Field> field = packages.field(subject, FIELD);
        SearchPaths all = SearchPaths.none();
        if (field.isPresent()) {
            list(all, field.get().form(), field.get().scope());
        }
        return all;
    }

    private void list(SearchPaths all, Form form, Scope scope) throws CairnException {
        collect(all, () -> expressions.read(form, scope, value -> list(all, value)));
    }

    /** Something that adds to a list. */
    @FunctionalInterface
    private interface Reading {
        Object read() throws CairnException;
    }

    private static void collect(SearchPaths all, Reading reading) throws CairnException {
        if (all.problems().size() >= InputReader.MAX_PROBLEMS) {
            return;
        }
        try {
            reading.read();
        } catch (UnreadableException | FormatException e) {
            all.problems().add(e.getMessage());
        }
    }

    private SearchPaths list(SearchPaths all, Value value) throws CairnException {
        if (!(value.form() instanceof Form.Listing call)) {
            throw value.dynamic();
        }
        List<Form> operands = call.operands();
        switch (call.operator()) {
            case "list" -> each(all, operands, value.scope());
            case "append" -> {
                for (Form each : operands) {
                    list(all, each, value.scope());
                }
            }
            case "cons", "cons*" -> {
                if (operands.isEmpty()) {
                    throw value.dynamic();
                }
                each(all, operands.subList(0, operands.size() - 1), value.scope());
                list(all, operands.getLast(), value.scope());
            }
            case "quote" -> {
                if (operands.size() != 1
                        || !(operands.getFirst() instanceof Form.Listing none)
                        || !none.elements().isEmpty()) {
                    throw value.dynamic();
                }
            }
            case "package-native-search-paths" -> {
                if (operands.size() != 1) {
                    throw value.dynamic();
                }
                SearchPaths other = of(packages.read(operands.getFirst(), value.scope()));
                all.paths().addAll(other.paths());
                int room = Math.max(0, InputReader.MAX_PROBLEMS - all.problems().size());
                other.problems().stream().limit(room).forEach(all.problems()::add);
            }
            default -> throw value.dynamic();
        }
        return all;
    }

    private void each(SearchPaths all, List<Form> forms, Scope scope) throws CairnException {
        for (Form each : forms) {
            one(all, each, scope);
        }
    }

    private void one(SearchPaths all, Form form, Scope scope) throws CairnException {
        Optional<SearchPathSpecification> shared = form instanceof Form.Symbol(String name, _)
                        && scope.local(name).isEmpty()
                ? SharedSearchPaths.of(name)
                : Optional.empty();
        collect(all, () -> {
            try {
                return all.paths().add(expressions.read(form, scope, this::specification));
            } catch (UnreadableException e) {
                // Guix's own: the channel may lie above Guix's modules, which are not there then.
                return all.paths().add(shared.orElseThrow(() -> e));
            }
        });
    }

    private SearchPathSpecification specification(Value value) throws CairnException {
        Form.Listing call = value.call("search-path-specification").orElseThrow(value::dynamic);
        String variable = "";
        List<String> files = List.of();
        Optional<String> separator = Optional.of(":");
        String type = "directory";
        Optional<String> pattern = Optional.empty();
        for (Form each : call.operands()) {
            if (!(each instanceof Form.Listing field) || field.operands().size() != 1) {
                throw value.problem(each.kind() + " is no field of a search path");
            }
            Form content = field.operands().getFirst();
            switch (field.operator()) {
                case "variable" -> variable = packages.texts().read(content, value.scope());
                case "files" -> files = packages.texts().readAll(content, value.scope());
                case "separator" -> separator = optional(content, value.scope());
                case "file-type" -> type = type(value, content);
                case "file-pattern" -> pattern = optional(content, value.scope());
                default -> throw value.problem(each.kind() + " is no field of a search path");
            }
        }
        if (!ShellDefinition.isName(variable)) {
            throw value.problem("'" + variable + "' cannot be the name of a variable");
        }
        if (files.isEmpty() || !files.stream().allMatch(SearchPathReader::isBelow)) {
            throw value.problem("a search path of files that are not below the profile");
        }
        return new SearchPathSpecification(variable, files, separator, type, pattern);
    }

    private static boolean isBelow(String file) {
        return !file.startsWith("/") && !List.of(file.split("/")).contains("..") && file.indexOf('\0') < 0;
    }

    private Optional<String> optional(Form form, Scope scope) throws CairnException {
        return form instanceof Form.Bool(boolean value, _) && !value
                ? Optional.empty()
                : Optional.of(packages.texts().read(form, scope));
    }

    private static String type(Value value, Form form) throws UnreadableException {
        if (Expressions.quoted(form).orElse(form) instanceof Form.Symbol(String name, _)
                && form instanceof Form.Listing
                && List.of("directory", "regular", "symlink").contains(name)) {
            return name;
        }
        throw value.problem(form.kind() + " is no type of file");
    }
}
