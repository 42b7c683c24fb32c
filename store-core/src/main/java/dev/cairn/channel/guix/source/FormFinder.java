// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.Place;
import dev.cairn.scheme.code.TopLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the packages of a module by where they are, along with what names mean there. For one thread at a time. */
final class FormFinder {
    private static final Set<String> LETS = Set.of("let", "let*", "letrec", "letrec*");

    private final Modules modules;
    private final Map<String, Map<String, List<Place>>> names = new HashMap<>();

    FormFinder(Modules modules) {
        this.modules = modules;
    }

    /** The list that begins at a place, read as a package. */
    Optional<GuixPackage.Written> at(SchemeModule module, Place place) throws CairnException {
        Optional<TopLevel.Start> start = module.forms().at(place);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Form form = modules.form(module, start.get());
        Scope scope = Scope.of(module.file());
        while (form instanceof Form.Listing list) {
            if (list.place().equals(place)) {
                return Optional.of(new GuixPackage.Written(list, scope, Optional.empty()));
            }
            int index = list.elements().size() - 1;
            while (index >= 0 && list.elements().get(index).place().compareTo(place) > 0) {
                index--;
            }
            if (index < 0) {
                return Optional.empty();
            }
            scope = inside(list, index, scope);
            form = list.elements().get(index);
        }
        return Optional.empty();
    }

    /** What names mean in an element of a list. */
    private static Scope inside(Form.Listing list, int index, Scope scope) {
        String operator = list.operator();
        List<Form> operands = list.operands();
        if (SchemeModule.isDefinition(operator) || operator.equals("lambda") || operator.equals("lambda*")) {
            boolean procedure = operator.startsWith("lambda")
                    || !operands.isEmpty() && operands.getFirst() instanceof Form.Listing;
            return procedure && index >= 2
                    ? scope.ofProcedure(operands.getFirst(), operands.subList(1, operands.size()))
                    : scope;
        }
        if (LETS.contains(operator) && !operands.isEmpty()) {
            boolean values = index == 1 && operator.equals("let");
            return values ? scope : scope.ofLet(list);
        }
        if (operator.equals("package") || operator.equals("package/inherit")) {
            Scope fields = scope.inner();
            for (Form each : operands) {
                if (each instanceof Form.Listing field && !field.operator().isEmpty()) {
                    fields.bind(field.operator(), new Binding.Opaque());
                }
            }
            return fields.bind("this-package", new Binding.Opaque());
        }
        if (operator.startsWith("define") || operator.matches(".*(?:syntax|match|let|lambda|receive|parameterize).*")) {
            // Whatever this binds, it does by names that stand around here.
            Scope unknown = scope.inner();
            for (int i = 1; i < list.elements().size(); i++) {
                if (i != index) {
                    unknown.obscure(list.elements().get(i));
                }
            }
            return unknown;
        }
        if (list.elements().getFirst() instanceof Form.Listing && index > 0) {
            // Perhaps a clause with a pattern in front.
            Scope unknown = scope.inner();
            unknown.obscure(list.elements().getFirst());
            return unknown;
        }
        return scope;
    }

    /** Where packages are written whose name is this very text. */
    List<Place> named(SchemeModule module, String name) throws CairnException {
        Map<String, List<Place>> known = names.get(module.file());
        if (known == null) {
            known = new HashMap<>();
            for (TopLevel.Start start : module.forms().starts()) {
                collect(modules.form(module, start), known);
            }
            names.put(module.file(), known);
        }
        return known.getOrDefault(name, List.of());
    }

    private static void collect(Form form, Map<String, List<Place>> names) {
        if (form instanceof Form.Listing list) {
            if (list.isCall("package") || list.isCall("package/inherit")) {
                for (Form each : list.operands()) {
                    if (each instanceof Form.Listing field
                            && field.isCall("name")
                            && field.operands().size() == 1
                            && field.operands().getFirst() instanceof Form.Text(String name, _)) {
                        names.computeIfAbsent(name, _ -> new ArrayList<>()).add(list.place());
                    }
                }
            }
            list.elements().forEach(each -> collect(each, names));
        }
    }
}
