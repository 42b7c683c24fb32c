// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest.code;

import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names that stand for something in a block only: {@code let} and {@code let*}. Inside the block each is given another
 * name, which nothing else has, and that one is defined for the whole file.
 */
final class LocalNames {
    /**
     * How often a form in a block, or a name of a block around a block, may be looked at altogether: enough for a few
     * blocks around as much as can be read.
     */
    private static final int MOST = 4 * FormReader.MAX_FORMS;

    private final Map<String, Form> definitions;
    private final Check check;
    private final Map<Form.Listing, Form> bodies = new IdentityHashMap<>();
    private int looked;

    /** How many names were taken before one was found that nothing has. */
    private int taken = 1;

    /** Makes sure that a value can be read as something. */
    @FunctionalInterface
    interface Check {
        void check(Form value) throws FormatException, DynamicCodeException;
    }

    /** @param definitions by name, to which those of blocks are added */
    LocalNames(Map<String, Form> definitions, Check check) {
        this.definitions = definitions;
        this.check = check;
    }

    /** What a block makes, in terms of names that are defined for the whole file. */
    Form body(Form.Listing block) throws FormatException, DynamicCodeException {
        Form known = bodies.get(block);
        if (known != null) {
            return known;
        }
        if (!isBlock(block)) {
            throw ManifestCodeReader.dynamic(block);
        }
        boolean sequential = block.isCall("let*");
        Map<String, String> names = new HashMap<>();
        List<Form> values = new ArrayList<>();
        for (Form.Listing binding : bindings(block)) {
            look(1, binding);
            String name = name(binding);
            Form value = sequential ? renamed(value(binding), names) : value(binding);
            if (names.containsKey(name) && !sequential) {
                throw ManifestCodeReader.dynamic(binding);
            }
            String fresh = fresh(name);
            definitions.put(fresh, value);
            names.put(name, fresh);
            values.add(value);
        }
        Form body = renamed(block.operands().getLast(), names);
        bodies.put(block, body);
        for (Form value : values) {
            check.check(value);
        }
        return body;
    }

    private String fresh(String name) {
        String fresh = name + " of let";
        while (definitions.containsKey(fresh)) {
            fresh = name + " of let " + ++taken;
        }
        return fresh;
    }

    private void look(int count, Form form) throws DynamicCodeException {
        if (count > MOST - looked) {
            throw ManifestCodeReader.dynamic(form, "there is too much in blocks with names of their own");
        }
        looked += count;
    }

    private static boolean isBlock(Form form) {
        return form instanceof Form.Listing block
                && (block.isCall("let") || block.isCall("let*"))
                && block.operands().size() == 2
                && block.operands().getFirst() instanceof Form.Listing bindings
                && bindings.tail().isEmpty()
                && bindings.elements().stream().allMatch(LocalNames::isBinding);
    }

    private static boolean isBinding(Form form) {
        return form instanceof Form.Listing binding
                && binding.tail().isEmpty()
                && binding.elements().size() == 2
                && binding.elements().getFirst() instanceof Form.Symbol(String name, _)
                && !ManifestCodeReader.RESERVED.contains(name);
    }

    private static List<Form.Listing> bindings(Form.Listing block) {
        Form.Listing bindings = (Form.Listing) block.operands().getFirst();
        return bindings.elements().stream().map(Form.Listing.class::cast).toList();
    }

    private static String name(Form.Listing binding) {
        return ((Form.Symbol) binding.elements().getFirst()).name();
    }

    private static Form value(Form.Listing binding) {
        return binding.elements().getLast();
    }

    /** The same with other names for what {@code names} has; what is quoted stays. */
    private Form renamed(Form form, Map<String, String> names) throws DynamicCodeException {
        if (names.isEmpty()) {
            return form;
        }
        look(1, form);
        return switch (form) {
            case Form.Symbol(String name, var place) -> names.containsKey(name)
                    ? new Form.Symbol(names.get(name), place)
                    : form;
            case Form.Listing list when list.isCall("quote") || list.isCall("quasiquote") -> form;
            case Form.Listing list when isBlock(list) -> block(list, names);
            case Form.Listing list -> list(list, names);
            case Form.Keyword _, Form.Text _, Form.Bool _, Form.Constant _, Form.Vector _ -> form;
        };
    }

    private Form list(Form.Listing list, Map<String, String> names) throws DynamicCodeException {
        List<Form> elements = new ArrayList<>(list.elements().size());
        for (Form each : list.elements()) {
            elements.add(renamed(each, names));
        }
        Optional<Form> tail =
                list.tail().isEmpty() ? list.tail() : Optional.of(renamed(list.tail().get(), names));
        return new Form.Listing(elements, tail, list.place());
    }

    /** A block inside another one, whose own names hide those from outside. */
    private Form block(Form.Listing block, Map<String, String> names) throws DynamicCodeException {
        look(names.size(), block);
        boolean sequential = block.isCall("let*");
        Map<String, String> inner = new HashMap<>(names);
        List<Form> bindings = new ArrayList<>();
        for (Form.Listing binding : bindings(block)) {
            Form value = renamed(value(binding), sequential ? inner : names);
            bindings.add(new Form.Listing(
                    List.of(binding.elements().getFirst(), value), binding.tail(), binding.place()));
            inner.remove(name(binding));
        }
        Form.Listing first = (Form.Listing) block.operands().getFirst();
        return new Form.Listing(
                List.of(
                        block.elements().getFirst(),
                        new Form.Listing(bindings, first.tail(), first.place()),
                        renamed(block.operands().getLast(), inner)),
                block.tail(),
                block.place());
    }
}
