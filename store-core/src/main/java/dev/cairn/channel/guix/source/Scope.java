// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.scheme.code.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names mean at some place of a module: those bound around it, innermost first, then the module's. */
final class Scope {
    private final String file;
    private final Optional<Scope> outer;
    private final Map<String, Binding> bindings = new HashMap<>();

    private Scope(String file, Optional<Scope> outer) {
        this.file = file;
        this.outer = outer;
    }

    /** That of a module itself. */
    static Scope of(String file) {
        return new Scope(file, Optional.empty());
    }

    /** One inside this one, without names of its own yet. */
    Scope inner() {
        return new Scope(file, Optional.of(this));
    }

    /** The module's file. */
    String file() {
        return file;
    }

    Scope bind(String name, Binding binding) {
        bindings.put(name, binding);
        return this;
    }

    /** What a name is bound to around the place; empty when that is the module's business. */
    Optional<Binding> local(String name) {
        for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            Binding binding = scope.get().bindings.get(name);
            if (binding != null) {
                return Optional.of(binding);
            }
        }
        return Optional.empty();
    }

    /** The scope of the body of {@code let}, {@code let*}, {@code letrec} and {@code letrec*}. */
    Scope ofLet(Form.Listing let) {
        Scope inside = inner();
        if (!(let.operands().getFirst() instanceof Form.Listing list)) {
            // A named let is a loop.
            let.operands().stream().limit(2).forEach(inside::obscure);
            return inside.definitions(let.operands());
        }
        Scope values = this;
        for (Form each : list.elements()) {
            if (each instanceof Form.Listing pair
                    && pair.elements().size() == 2
                    && pair.elements().getFirst() instanceof Form.Symbol(String name, _)) {
                switch (let.operator()) {
                    case "let" -> inside.bind(name, new Binding.Bound(pair.elements().get(1), this));
                    case "let*" -> {
                        inside = (values == this ? inside : values.inner())
                                .bind(name, new Binding.Bound(pair.elements().get(1), values));
                        values = inside;
                    }
                    default -> inside.bind(name, new Binding.Bound(pair.elements().get(1), inside));
                }
            } else {
                inside.obscure(each);
            }
        }
        return inside.definitions(let.operands().subList(1, let.operands().size()));
    }

    /** The scope of a procedure's body, seen from inside: nobody knows its arguments. */
    Scope ofProcedure(Form parameters, List<Form> body) {
        Scope inside = inner();
        inside.obscure(parameters);
        return inside.definitions(body);
    }

    /** Adds the definitions among some forms to this scope. */
    Scope definitions(List<Form> forms) {
        for (Form form : forms) {
            if (form instanceof Form.Listing list && list.operands().size() >= 2) {
                if (SchemeModule.isDefinition(list.operator())) {
                    define(list);
                } else if (list.operator().startsWith("define") || list.isCall("set!")) {
                    obscure(list.operands().getFirst());
                }
            }
        }
        return this;
    }

    private void define(Form.Listing definition) {
        Form subject = definition.operands().getFirst();
        if (subject instanceof Form.Symbol(String name, _)) {
            boolean again = bindings.containsKey(name);
            bind(name, again ? new Binding.Opaque() : new Binding.Bound(definition.operands().getLast(), this));
        } else if (subject instanceof Form.Listing head
                && !head.elements().isEmpty()
                && head.elements().getFirst() instanceof Form.Symbol(String name, _)) {
            bind(name, procedure(head, definition.operands(), this));
        }
    }

    /** A procedure that is defined by {@code (NAME PARAMETER...)} and a body; opaque where it takes more than those. */
    static Binding procedure(Form.Listing head, List<Form> operands, Scope scope) {
        List<String> parameters = new ArrayList<>();
        for (Form parameter : head.operands()) {
            if (!(parameter instanceof Form.Symbol(String name, _))) {
                return new Binding.Opaque();
            }
            parameters.add(name);
        }
        return head.tail().isPresent()
                ? new Binding.Opaque()
                : new Binding.Procedure(parameters, operands.subList(1, operands.size()), scope);
    }

    /** Makes all names that occur in a form unknown. */
    void obscure(Form form) {
        switch (form) {
            case Form.Symbol(String name, _) -> bind(name, new Binding.Opaque());
            case Form.Listing list -> {
                list.elements().forEach(this::obscure);
                list.tail().ifPresent(this::obscure);
            }
            case Form.Vector vector -> vector.elements().forEach(this::obscure);
            case Form.Keyword _, Form.Text _, Form.Bool _, Form.Constant _ -> {
                // No names in these.
            }
        }
    }
}
