// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.source.Expressions.Value;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads lists of inputs (services, section 1.5.1). For one question, by one thread. */
final class InputReader {
    private static final int MAX_INPUTS = 5_000;

    /** Where so much of a list cannot be read, the rest of it is not looked at. */
    static final int MAX_PROBLEMS = 1_000;

    private final Expressions expressions;
    private final PackageReader packages;

    InputReader(Expressions expressions, PackageReader packages) {
        this.expressions = expressions;
        this.packages = packages;
    }

    /**
     * An input.
     *
     * @param label what clauses of {@code modify-inputs} know it by
     */
    record Input(String label, PropagatedInput input) {}

    /**
     * What was read of a list.
     *
     * @param inputs in order
     * @param problems what could not be read, so that {@code inputs} are not all
     */
    record Inputs(List<Input> inputs, List<String> problems) {
        static Inputs none() {
            return new Inputs(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The inputs that a field states. */
    Inputs field(GuixPackage subject, String name) throws CairnException {
        Optional<PackageReader.Field> field = packages.field(subject, name);
        return field.isEmpty() ? Inputs.none() : list(field.get().form(), field.get().scope());
    }

    /** Reads an expression whose value is a list of inputs; what cannot be read is among its problems. */
    Inputs list(Form form, Scope scope) throws CairnException {
        try {
            Inputs inputs = expressions.read(form, scope, this::list);
            if (inputs.inputs().size() > MAX_INPUTS) {
                throw new UnreadableException("more than " + MAX_INPUTS + " inputs", scope.file(), form.place());
            }
            return inputs;
        } catch (UnreadableException | FormatException e) {
            Inputs none = Inputs.none();
            none.problems().add(e.getMessage());
            return none;
        }
    }

    private Inputs list(Value value) throws CairnException {
        if (!(value.form() instanceof Form.Listing call)) {
            throw value.dynamic();
        }
        Inputs all = Inputs.none();
        List<Form> operands = call.operands();
        switch (call.operator()) {
            case "list" -> collect(all, operands, value.scope());
            case "quote" -> quoted(value, operands);
            case "quasiquote" -> {
                if (operands.size() != 1
                        || !(operands.getFirst() instanceof Form.Listing list)
                        || list.tail().isPresent()) {
                    throw value.dynamic();
                }
                for (Form each : list.elements()) {
                    quasiQuoted(all, each, value.scope());
                }
            }
            case "append" -> {
                for (Form each : operands) {
                    add(all, list(each, value.scope()));
                }
            }
            case "cons", "cons*" -> {
                List<Form> first = operands.subList(0, Math.max(0, operands.size() - 1));
                collect(all, first, value.scope());
                if (!operands.isEmpty()) {
                    add(all, list(operands.getLast(), value.scope()));
                }
            }
            case "modify-inputs" -> add(all, modified(value, operands));
            case "alist-delete" -> add(all, without(value, operands));
            case "fold" -> add(all, withoutSeveral(value, operands));
            case "package-inputs", "package-native-inputs", "package-propagated-inputs" -> {
                if (operands.size() != 1) {
                    throw value.dynamic();
                }
                GuixPackage subject = packages.read(operands.getFirst(), value.scope());
                add(all, field(subject, call.operator().substring("package-".length())));
            }
            default -> throw value.dynamic();
        }
        return all;
    }

    /** Something that reads one input. */
    @FunctionalInterface
    private interface Reading {
        Input read() throws CairnException;
    }

    private static void collect(Inputs all, Reading reading) throws CairnException {
        if (all.problems().size() >= MAX_PROBLEMS) {
            return;
        }
        try {
            all.inputs().add(reading.read());
        } catch (UnreadableException | FormatException e) {
            all.problems().add(e.getMessage());
        }
    }

    private void collect(Inputs all, List<Form> elements, Scope scope) throws CairnException {
        for (Form each : elements) {
            collect(all, () -> element(each, scope));
        }
    }

    private static void add(Inputs all, Inputs more) {
        all.inputs().addAll(more.inputs());
        addProblems(all, more);
    }

    private static void addProblems(Inputs all, Inputs more) {
        int room = Math.max(0, MAX_PROBLEMS - all.problems().size());
        more.problems().stream().limit(room).forEach(all.problems()::add);
    }

    private static void quoted(Value value, List<Form> operands) throws UnreadableException {
        // There are no packages in quoted data.
        if (operands.size() != 1 || !(operands.getFirst() instanceof Form.Listing(List<Form> none, _, _))
                || !none.isEmpty()) {
            throw value.dynamic();
        }
    }

    private void quasiQuoted(Inputs all, Form element, Scope scope) throws CairnException {
        Optional<Form> unquoted = TextReader.unquoted(element);
        if (unquoted.isPresent()) {
            collect(all, () -> element(unquoted.get(), scope));
        } else if (element instanceof Form.Listing list
                && list.isCall("unquote-splicing")
                && list.operands().size() == 1) {
            add(all, list(list.operands().getFirst(), scope));
        } else {
            collect(all, () -> labelled(element, scope));
        }
    }

    /** {@code ("LABEL" ,PACKAGE)} or {@code ("LABEL" ,PACKAGE "OUTPUT")}. */
    private Input labelled(Form element, Scope scope) throws CairnException {
        expressions.count(element, scope);
        if (element instanceof Form.Listing(List<Form> parts, Optional<Form> tail, Place _)
                && tail.isEmpty()
                && (parts.size() == 2 || parts.size() == 3)
                && parts.get(0) instanceof Form.Text(String label, _)) {
            Optional<Form> subject = TextReader.unquoted(parts.get(1));
            Optional<String> output = parts.size() == 2 ? Optional.of("out") : text(parts.get(2));
            if (subject.isPresent() && output.isPresent()) {
                return new Input(label, input(subject.get(), scope, output.get()));
            }
        }
        throw new UnreadableException(element.kind() + " is no input", scope.file(), element.place());
    }

    private static Optional<String> text(Form form) {
        return form instanceof Form.Text(String text, _) && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** {@code PACKAGE}, {@code (list PACKAGE "OUTPUT")}, or {@code (list "LABEL" PACKAGE "OUTPUT")}. */
    private Input element(Form form, Scope scope) throws CairnException {
        return expressions.read(form, scope, value -> {
            Optional<Form.Listing> list = value.call("list");
            if (list.isEmpty()) {
                PropagatedInput input = input(value.form(), value.scope(), "out");
                return new Input(input.name(), input);
            }
            List<Form> parts = list.get().operands();
            Optional<String> label = parts.isEmpty() ? Optional.empty() : text(parts.getFirst());
            List<Form> rest = label.isPresent() ? parts.subList(1, parts.size()) : parts;
            Optional<String> output = rest.size() == 1 ? Optional.of("out")
                    : rest.size() == 2 ? text(rest.get(1)) : Optional.empty();
            if (output.isEmpty()) {
                throw value.dynamic();
            }
            PropagatedInput input = input(rest.getFirst(), value.scope(), output.get());
            return new Input(label.orElse(input.name()), input);
        });
    }

    private PropagatedInput input(Form form, Scope scope, String output) throws CairnException {
        GuixPackage subject = packages.read(form, scope);
        return new PropagatedInput(packages.name(subject), packages.version(subject), output);
    }

    /** {@code (modify-inputs INPUTS CLAUSE...)}; each clause is applied to what the one before it leaves. */
    private Inputs modified(Value value, List<Form> operands) throws CairnException {
        if (operands.isEmpty()) {
            throw value.dynamic();
        }
        Inputs all = list(operands.getFirst(), value.scope());
        for (Form clause : operands.subList(1, operands.size())) {
            if (!(clause instanceof Form.Listing list) || list.operator().isEmpty()) {
                throw new UnreadableException(
                        clause.kind() + " is no clause of modify-inputs", value.scope().file(), clause.place());
            }
            change(all, list, value.scope());
        }
        return all;
    }

    private void change(Inputs all, Form.Listing clause, Scope scope) throws CairnException {
        List<Form> operands = clause.operands();
        switch (clause.operator()) {
            case "append" -> collect(all, operands, scope);
            case "prepend" -> {
                Inputs first = Inputs.none();
                collect(first, operands, scope);
                all.inputs().addAll(0, first.inputs());
                addProblems(all, first);
            }
            case "delete" -> {
                for (Form each : operands) {
                    String label = packages.texts().read(each, scope);
                    all.inputs().removeIf(input -> input.label().equals(label));
                }
            }
            case "replace" -> replace(all, clause, scope);
            default ->
                throw new UnreadableException(
                        clause.kind() + " is no clause of modify-inputs", scope.file(), clause.place());
        }
    }

    private void replace(Inputs all, Form.Listing clause, Scope scope) throws CairnException {
        if (clause.operands().size() != 2) {
            throw new UnreadableException(
                    clause.kind() + " is no clause of modify-inputs", scope.file(), clause.place());
        }
        String label = packages.texts().read(clause.operands().get(0), scope);
        Inputs other = Inputs.none();
        collect(other, () -> element(clause.operands().get(1), scope));
        addProblems(all, other);
        if (other.inputs().isEmpty()) {
            all.inputs().removeIf(input -> input.label().equals(label));
        } else {
            PropagatedInput input = other.inputs().getFirst().input();
            all.inputs().replaceAll(each -> each.label().equals(label) ? new Input(label, input) : each);
        }
    }

    /** {@code (alist-delete "LABEL" INPUTS)}. */
    private Inputs without(Value value, List<Form> operands) throws CairnException {
        if (operands.size() != 2) {
            throw value.dynamic();
        }
        String label = packages.texts().read(operands.get(0), value.scope());
        Inputs all = list(operands.get(1), value.scope());
        all.inputs().removeIf(input -> input.label().equals(label));
        return all;
    }

    /** {@code (fold alist-delete INPUTS '("LABEL"...))}. */
    private Inputs withoutSeveral(Value value, List<Form> operands) throws CairnException {
        if (operands.size() != 3
                || !(operands.get(0) instanceof Form.Symbol(String name, _))
                || !name.equals("alist-delete")) {
            throw value.dynamic();
        }
        Set<String> labels = new HashSet<>(packages.texts().readAll(operands.get(2), value.scope()));
        Inputs all = list(operands.get(1), value.scope());
        all.inputs().removeIf(input -> labels.contains(input.label()));
        return all;
    }
}
