// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows names, bindings and calls of simple procedures until an expression says itself what it makes. Nothing is run:
 * what depends on more than that is told. For one question, which bounds how much is followed; for one thread.
 */
final class Expressions {
    private static final int MAX_STEPS = 50_000;
    private static final int MAX_DEPTH = 300;
    private static final Set<String> LETS = Set.of("let", "let*", "letrec", "letrec*");

    private final Modules modules;
    private int steps;
    private int depth;

    Expressions(Modules modules) {
        this.modules = modules;
    }

    /** An expression that says itself what it makes, and what its names mean. */
    record Value(Form form, Scope scope) {
        /** The list, if it is a call of this. */
        Optional<Form.Listing> call(String operator) {
            return form instanceof Form.Listing list && list.isCall(operator) ? Optional.of(list) : Optional.empty();
        }

        UnreadableException problem(String what) {
            return new UnreadableException(what, scope.file(), form.place());
        }

        UnreadableException dynamic() {
            return problem(form.kind() + " cannot be read without running it");
        }
    }

    /** Work that goes deeper into the code. */
    @FunctionalInterface
    interface Deeper<T> {
        T read(Value value) throws CairnException;
    }

    /** Reduces an expression and reads what comes out; how deep that can go is bounded. */
    <T> T read(Form form, Scope scope, Deeper<T> deeper) throws CairnException {
        if (++depth > MAX_DEPTH) {
            throw new UnreadableException("definitions refer to each other without end", scope.file(), form.place());
        }
        try {
            return deeper.read(reduce(new Value(form, scope)));
        } finally {
            depth--;
        }
    }

    /** Counts a step; those that follow nothing take time, too. */
    void count(Form form, Scope scope) throws UnreadableException {
        if (++steps > MAX_STEPS) {
            throw new UnreadableException("the code leads too far", scope.file(), form.place());
        }
    }

    private Value reduce(Value start) throws CairnException {
        Value value = start;
        while (true) {
            count(start.form(), start.scope());
            Optional<Value> next = step(value);
            if (next.isEmpty()) {
                return value;
            }
            value = next.get();
        }
    }

    private Optional<Value> step(Value value) throws CairnException {
        return switch (value.form()) {
            case Form.Symbol(String name, _) -> step(value, name);
            case Form.Listing list when !list.operator().isEmpty() -> step(value, list);
            default -> Optional.empty();
        };
    }

    private Optional<Value> step(Value value, String name) throws CairnException {
        Binding binding = find(value, name)
                .orElseThrow(() -> value.problem("'" + name + "' is defined nowhere that could be read"));
        return switch (binding) {
            case Binding.Bound(Form form, Scope scope) -> Optional.of(new Value(form, scope));
            case Binding.Itself _ -> Optional.empty();
            case Binding.Procedure _, Binding.Opaque _ ->
                throw value.problem("what '" + name + "' stands for cannot be told without running the code");
        };
    }

    private Optional<Binding> find(Value value, String name) throws CairnException {
        Optional<Binding> local = value.scope().local(name);
        if (local.isPresent()) {
            return local;
        }
        Optional<SchemeModule> module = modules.module(value.scope().file());
        return module.isEmpty() ? Optional.empty() : modules.find(module.get(), name);
    }

    private Optional<Value> step(Value value, Form.Listing call) throws CairnException {
        List<Form> operands = call.operands();
        String operator = call.operator();
        if (LETS.contains(operator) && operands.size() >= 2) {
            return Optional.of(new Value(operands.getLast(), value.scope().ofLet(call)));
        }
        if (operator.equals("begin") && !operands.isEmpty()) {
            return Optional.of(new Value(operands.getLast(), value.scope()));
        }
        if ((operator.equals("@") || operator.equals("@@")) && operands.size() == 2) {
            return Optional.of(elsewhere(value, operands.get(0), operands.get(1)));
        }
        if (operator.equals("module-ref") && operands.size() == 2) {
            return moduleReference(value, operands);
        }
        return applied(value, call);
    }

    /** {@code (module-ref (resolve-interface '(a b)) 'x)}. */
    private Optional<Value> moduleReference(Value value, List<Form> operands) throws CairnException {
        if (operands.get(0) instanceof Form.Listing resolve
                && resolve.isCall("resolve-interface")
                && resolve.operands().size() == 1
                && quoted(resolve.operands().getFirst()).isPresent()
                && quoted(operands.get(1)).isPresent()) {
            return Optional.of(elsewhere(
                    value, quoted(resolve.operands().getFirst()).get(), quoted(operands.get(1)).get()));
        }
        return Optional.empty();
    }

    private Value elsewhere(Value value, Form module, Form name) throws CairnException {
        if (module instanceof Form.Listing list && name instanceof Form.Symbol(String text, _)) {
            Optional<String> file = Import.file(list);
            Optional<Binding> binding = file.isEmpty() ? Optional.empty() : modules.exported(file.get(), text);
            if (binding.isPresent() && binding.get() instanceof Binding.Bound(Form form, Scope scope)) {
                return new Value(form, scope);
            }
        }
        throw value.dynamic();
    }

    /** The body of a procedure that is called with as many arguments as it has names for. */
    private Optional<Value> applied(Value value, Form.Listing call) throws CairnException {
        Optional<Binding> local = value.scope().local(call.operator());
        Optional<Binding> binding = local.isPresent() || Constructors.ALL.contains(call.operator())
                ? local
                : find(value, call.operator());
        if (binding.isEmpty()) {
            return Optional.empty();
        }
        if (!(binding.get() instanceof Binding.Procedure procedure)
                || procedure.parameters().size() != call.operands().size()
                || procedure.body().isEmpty()) {
            throw value.dynamic();
        }
        Scope inside = procedure.scope().inner();
        for (int i = 0; i < procedure.parameters().size(); i++) {
            inside.bind(
                    procedure.parameters().get(i), new Binding.Bound(call.operands().get(i), value.scope()));
        }
        return Optional.of(new Value(procedure.body().getLast(), inside.definitions(procedure.body())));
    }

    /** What follows a quotation mark. */
    static Optional<Form> quoted(Form form) {
        return form instanceof Form.Listing list && list.isCall("quote") && list.operands().size() == 1
                ? Optional.of(list.operands().getFirst())
                : Optional.empty();
    }

    /** What a name that stands for itself is bound to: the package whose field is being read. */
    static Optional<GuixPackage> itself(Value value) {
        return value.form() instanceof Form.Symbol(String name, Place _)
                        && value.scope().local(name).isPresent()
                        && value.scope().local(name).get() instanceof Binding.Itself(GuixPackage subject)
                ? Optional.of(subject)
                : Optional.empty();
    }
}
