// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest.code;

import dev.cairn.error.FormatException;
import dev.cairn.manifest.code.WantedPackage.Subject;
import dev.cairn.manifest.code.WantedPackage.Transformation;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import dev.cairn.scheme.code.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads manifests as people write them and as {@code guix package --export-manifest} does, as far as they say plainly
 * what they make (services, section 5.2). Whatever else is in one makes all of it unreadable; nothing is run.
 */
public final class ManifestCodeReader {
    /** How many packages a manifest may ask for. */
    public static final int MAX_PACKAGES = 20_000;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_STEPS = 200_000;
    private static final String HINT = "Plain lists are read, such as (specifications->manifest (list \"hello\"))."
            + " For anything else Guix itself is needed: 'guix package -m FILE'.";

    private final Map<String, Form> definitions = new HashMap<>();
    private int depth;
    private int steps;

    private ManifestCodeReader() {}

    /**
     * The packages that a manifest asks for, in its order.
     *
     * @throws FormatException when the text is no Scheme, or a specification in it is none
     * @throws DynamicCodeException when something in it would have to be run
     */
    public static List<WantedPackage> read(String text) throws FormatException, DynamicCodeException {
        return new ManifestCodeReader().file(FormReader.readAll(text));
    }

    private List<WantedPackage> file(List<Form> forms) throws FormatException, DynamicCodeException {
        Optional<Form> value = topLevel(forms);
        for (Form defined : definitions.values()) {
            // What is defined and never used may still do something when it is run.
            check(defined);
        }
        if (value.isEmpty()) {
            throw new FormatException("manifest", "nothing in it is one");
        }
        return manifest(value.get());
    }

    /** Goes through forms that stand in no other. @return the last one, if its value is the file's */
    private Optional<Form> topLevel(List<Form> forms) throws DynamicCodeException {
        Optional<Form> value = Optional.empty();
        for (Form form : forms) {
            if (value.isPresent()) {
                throw dynamic(value.get(), value.get().kind() + " is not the last one");
            }
            String operator = form instanceof Form.Listing list ? list.operator() : "";
            switch (operator) {
                case "use-modules", "use-package-modules" -> {
                    // Which modules Guix looks into does not change what the names below say.
                }
                case "define" -> define((Form.Listing) form);
                case "begin" -> value = topLevel(((Form.Listing) form).operands());
                default -> value = Optional.of(form);
            }
        }
        return value;
    }

    private void define(Form.Listing form) throws DynamicCodeException {
        if (form.operands().size() != 2
                || !(form.operands().getFirst() instanceof Form.Symbol(String name, _))
                || definitions.put(name, form.operands().getLast()) != null) {
            throw dynamic(form);
        }
    }

    /** Makes sure that the value of a definition can be read as something. */
    private void check(Form form) throws FormatException, DynamicCodeException {
        Form.Listing call = call(form);
        switch (call.operator()) {
            case "specifications->manifest", "packages->manifest", "concatenate-manifests" -> manifest(call);
            case "options->transformation" -> transformations(call);
            case "quote", "cons", "cons*" -> specifications(call);
            case "list", "append" -> {
                try {
                    specifications(call);
                } catch (DynamicCodeException _) {
                    packages(call);
                }
            }
            default -> throw dynamic(call);
        }
    }

    private List<WantedPackage> manifest(Form form) throws FormatException, DynamicCodeException {
        return deeper(form, this::manifestOf);
    }

    private List<WantedPackage> manifestOf(Form form) throws FormatException, DynamicCodeException {
        Form.Listing call = call(form);
        return switch (call.operator()) {
            case "specifications->manifest" -> {
                List<WantedPackage> all = new ArrayList<>();
                for (Form.Text text : specifications(only(call))) {
                    all.add(specified(text));
                }
                yield distinct(all);
            }
            case "packages->manifest" -> distinct(packages(only(call)));
            case "concatenate-manifests" -> {
                Form.Listing list = call(only(call));
                if (!list.isCall("list")) {
                    throw dynamic(list);
                }
                List<WantedPackage> all = new ArrayList<>();
                for (Form each : list.operands()) {
                    addAll(all, manifest(each), each);
                }
                yield all;
            }
            default -> throw dynamic(call);
        };
    }

    private static List<WantedPackage> distinct(List<WantedPackage> all) {
        Map<Object, WantedPackage> distinct = new LinkedHashMap<>();
        all.forEach(each ->
                distinct.putIfAbsent(List.of(each.subject(), each.output(), each.transformations()), each));
        return List.copyOf(distinct.values());
    }

    private static <T> void addAll(List<T> all, List<T> more, Form form) throws FormatException {
        all.addAll(more);
        if (all.size() > MAX_PACKAGES) {
            throw new FormatException(
                    "manifest", "more than " + MAX_PACKAGES + " packages (line " + form.place().line() + ")");
        }
    }

    private List<Form.Text> specifications(Form form) throws FormatException, DynamicCodeException {
        return deeper(form, this::specificationsOf);
    }

    private List<Form.Text> specificationsOf(Form form) throws FormatException, DynamicCodeException {
        Form.Listing call = call(form);
        List<Form> operands = call.operands();
        List<Form.Text> all = new ArrayList<>();
        switch (call.operator()) {
            case "list" -> {
                for (Form each : operands) {
                    all.add(text(each));
                }
            }
            case "quote" -> {
                if (!(only(call) instanceof Form.Listing list) || list.tail().isPresent()) {
                    throw dynamic(call);
                }
                for (Form each : list.elements()) {
                    all.add(text(each));
                }
            }
            case "append" -> {
                for (Form each : operands) {
                    addAll(all, specifications(each), each);
                }
            }
            case "cons", "cons*" -> {
                if (operands.isEmpty() || call.isCall("cons") && operands.size() != 2) {
                    throw dynamic(call);
                }
                for (Form each : operands.subList(0, operands.size() - 1)) {
                    all.add(text(each));
                }
                addAll(all, specifications(operands.getLast()), operands.getLast());
            }
            default -> throw dynamic(call);
        }
        return all;
    }

    private List<WantedPackage> packages(Form form) throws FormatException, DynamicCodeException {
        return deeper(form, this::packagesOf);
    }

    private List<WantedPackage> packagesOf(Form form) throws FormatException, DynamicCodeException {
        Form.Listing call = call(form);
        List<WantedPackage> all = new ArrayList<>();
        switch (call.operator()) {
            case "list" -> {
                for (Form each : call.operands()) {
                    all.add(element(each));
                }
            }
            case "append" -> {
                for (Form each : call.operands()) {
                    addAll(all, packages(each), each);
                }
            }
            default -> throw dynamic(call);
        }
        return all;
    }

    /** {@code PACKAGE} or {@code (list PACKAGE "OUTPUT")}. */
    private WantedPackage element(Form form) throws FormatException, DynamicCodeException {
        if (form instanceof Form.Listing list && list.isCall("list")) {
            if (list.operands().size() != 2) {
                throw dynamic(form);
            }
            WantedPackage plain = subject(list.operands().getFirst());
            String output = text(list.operands().getLast()).value();
            checkOutput(output, form.place());
            return new WantedPackage(plain.subject(), output, plain.transformations(), form.place());
        }
        return subject(form);
    }

    private WantedPackage subject(Form form) throws FormatException, DynamicCodeException {
        return deeper(form, this::subjectOf);
    }

    private WantedPackage subjectOf(Form form) throws FormatException, DynamicCodeException {
        if (form instanceof Form.Symbol(String name, Place place)) {
            if (definitions.containsKey(name)) {
                throw dynamic(form, "'" + name + "' is no package of Guix's");
            }
            return new WantedPackage(new Subject.Variable(name), "out", List.of(), place);
        }
        if (form instanceof Form.Listing call && call.operands().size() == 1) {
            if (call.isCall("specification->package") && call.operands().getFirst() instanceof Form.Text text) {
                WantedPackage specified = specified(text);
                if (!specified.output().equals("out")) {
                    throw dynamic(form, "an output cannot be named here");
                }
                return new WantedPackage(specified.subject(), "out", List.of(), form.place());
            }
            if (definitions.containsKey(call.operator())) {
                List<Transformation> all = new ArrayList<>(transformations(call.elements().getFirst()));
                WantedPackage inner = subject(call.operands().getFirst());
                all.addAll(0, inner.transformations());
                return new WantedPackage(inner.subject(), "out", all, form.place());
            }
        }
        throw dynamic(form);
    }

    /** {@code (options->transformation '((OPTION . "VALUE")...))}, or a name for it. */
    private List<Transformation> transformations(Form form) throws DynamicCodeException {
        Form.Listing call = call(form);
        if (!call.isCall("options->transformation")
                || !(only(call) instanceof Form.Listing quoted)
                || !quoted.isCall("quote")
                || !(only(quoted) instanceof Form.Listing options)
                || options.tail().isPresent()) {
            throw dynamic(call);
        }
        List<Transformation> all = new ArrayList<>();
        for (Form each : options.elements()) {
            if (!(each instanceof Form.Listing(List<Form> first, Optional<Form> tail, _))
                    || first.size() != 1
                    || !(first.getFirst() instanceof Form.Symbol(String option, _))
                    || !(tail.orElse(each) instanceof Form.Text(String value, _))) {
                throw dynamic(each);
            }
            all.add(new Transformation(option, value));
        }
        return all;
    }

    /** Reads part of a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(Form form) throws FormatException, DynamicCodeException;
    }

    private <T> T deeper(Form form, Reading<T> reading) throws FormatException, DynamicCodeException {
        if (++depth > MAX_DEPTH) {
            throw dynamic(form, "definitions refer to each other without end");
        }
        try {
            return reading.read(form);
        } finally {
            depth--;
        }
    }

    /** The list that a form is or that a name in it stands for. */
    private Form.Listing call(Form form) throws DynamicCodeException {
        Form value = form;
        for (int i = 0; value instanceof Form.Symbol(String name, _) && definitions.containsKey(name); i++) {
            if (i > MAX_DEPTH) {
                throw dynamic(form);
            }
            value = definitions.get(name);
        }
        if (value instanceof Form.Listing list && !list.operator().isEmpty()) {
            if (++steps > MAX_STEPS) {
                throw dynamic(form, "definitions refer to each other too often");
            }
            return list;
        }
        throw dynamic(value);
    }

    private static Form only(Form.Listing call) throws DynamicCodeException {
        if (call.operands().size() != 1) {
            throw dynamic(call);
        }
        return call.operands().getFirst();
    }

    private static Form.Text text(Form form) throws DynamicCodeException {
        if (form instanceof Form.Text text) {
            return text;
        }
        throw dynamic(form);
    }

    /** {@code NAME[@VERSION][:OUTPUT]}, split at the last colon, then at the last at sign. */
    private static WantedPackage specified(Form.Text text) throws FormatException {
        String specification = text.value();
        int colon = specification.lastIndexOf(':');
        String output = colon < 0 ? "out" : specification.substring(colon + 1);
        String rest = colon < 0 ? specification : specification.substring(0, colon);
        int at = rest.lastIndexOf('@');
        Optional<String> version = at < 0 ? Optional.empty() : Optional.of(rest.substring(at + 1));
        String name = at < 0 ? rest : rest.substring(0, at);
        if (name.isEmpty() || version.filter(String::isEmpty).isPresent() || name.chars().anyMatch(c -> c <= ' ')) {
            throw problem("'" + specification + "' is not NAME@VERSION:OUTPUT", text.place());
        }
        checkOutput(output, text.place());
        return new WantedPackage(new Subject.Specified(name, version), output, List.of(), text.place());
    }

    private static void checkOutput(String output, Place place) throws FormatException {
        if (!output.matches("[A-Za-z0-9+._?=-]{1,200}")) {
            throw problem("'" + output + "' cannot be the name of an output", place);
        }
    }

    private static FormatException problem(String what, Place place) {
        return new FormatException(
                "manifest", what + " (line " + place.line() + ", column " + place.column() + ")");
    }

    private static DynamicCodeException dynamic(Form form) {
        return dynamic(form, form.kind() + " is not understood here");
    }

    private static DynamicCodeException dynamic(Form form, String problem) {
        return new DynamicCodeException("manifest", problem, form.place(), HINT);
    }
}
