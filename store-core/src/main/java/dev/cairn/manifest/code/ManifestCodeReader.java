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
import java.util.Set;

/**
 * Reads manifests as people write them and as {@code guix package --export-manifest} does, as far as they say plainly
 * what they make (services, section 5.2). Whatever else is in one makes all of it unreadable; nothing is run.
 */
public final class ManifestCodeReader {
    /** How many packages a manifest may ask for. */
    public static final int MAX_PACKAGES = 20_000;

    private static final int MAX_DEPTH = 100;

    /** How many lists, and elements of what is made of them, may be gone through altogether. */
    private static final int MAX_STEPS = 1_000_000;

    private static final String HINT = "Plain lists are read, such as (specifications->manifest (list \"hello\"))."
            + " For anything else Guix itself is needed: 'guix package -m FILE'.";

    /** What they mean is known; a file that has them mean something else is not understood. */
    static final Set<String> RESERVED = Set.of(
            "specifications->manifest", "packages->manifest", "concatenate-manifests", "options->transformation",
            "specification->package", "specification->package+output", "quote", "quasiquote", "list", "append", "cons",
            "cons*", "map", "compose", "@", "let", "let*", "begin", "define", "use-modules", "use-package-modules");

    private final Map<String, Form> definitions = new HashMap<>();
    private final LocalNames locals = new LocalNames(definitions, this::check);
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

    /**
     * The modules whose variables a manifest sees, in its order: what stands in its {@code use-modules}, and the
     * modules that its {@code use-package-modules} mean.
     *
     * @throws FormatException when the text is no Scheme
     */
    public static List<Form> imports(String text) throws FormatException {
        List<Form> imports = new ArrayList<>();
        imports(FormReader.readAll(text), imports);
        return imports;
    }

    private static void imports(List<Form> forms, List<Form> imports) {
        for (Form form : forms) {
            if (form instanceof Form.Listing list) {
                switch (list.operator()) {
                    case "begin" -> imports(list.operands(), imports);
                    case "use-modules" -> imports.addAll(list.operands());
                    case "use-package-modules" -> {
                        for (Form each : list.operands()) {
                            Form gnu = new Form.Symbol("gnu", each.place());
                            Form packages = new Form.Symbol("packages", each.place());
                            imports.add(
                                    new Form.Listing(List.of(gnu, packages, each), Optional.empty(), each.place()));
                        }
                    }
                    default -> {
                        // Nothing that others would see.
                    }
                }
            }
        }
    }

    private List<WantedPackage> file(List<Form> forms) throws FormatException, DynamicCodeException {
        Optional<Form> value = topLevel(forms);
        for (Form defined : List.copyOf(definitions.values())) {
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
                || RESERVED.contains(name)
                || definitions.put(name, form.operands().getLast()) != null) {
            throw dynamic(form);
        }
    }

    /** Makes sure that the value of a definition can be read as something. */
    private void check(Form form) throws FormatException, DynamicCodeException {
        Form value = meant(form);
        if (value instanceof Form.Text || value instanceof Form.Symbol) {
            return;
        }
        Form.Listing call = call(value);
        switch (call.operator()) {
            case "specifications->manifest", "packages->manifest", "concatenate-manifests" -> manifest(call);
            case "options->transformation" -> transformations(call);
            case "quote", "quasiquote" -> specifications(call);
            case "list" -> {
                // A list of packages, or one package with an output.
                if (!isReadable(call, this::specifications) && !isReadable(call, this::packages)) {
                    element(call);
                }
            }
            case "append", "cons", "cons*" -> {
                if (!isReadable(call, this::specifications)) {
                    packages(call);
                }
            }
            case "map" -> packages(call);
            default -> subject(call);
        }
    }

    private <T> boolean isReadable(Form form, Reading<T> reading) throws FormatException {
        int before = depth;
        try {
            reading.read(form);
            return true;
        } catch (DynamicCodeException _) {
            depth = before;
            return false;
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
        checkSize(all, form);
    }

    private static void checkSize(List<?> all, Form form) throws FormatException {
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
            case "quote", "quasiquote" -> {
                if (!(only(call) instanceof Form.Listing list) || list.tail().isPresent()) {
                    throw dynamic(call);
                }
                for (Form each : list.elements()) {
                    // In a quoted list a symbol is itself, whatever is called so.
                    if (!(each instanceof Form.Text text)) {
                        throw dynamic(each);
                    }
                    all.add(text);
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
        checkSize(all, call);
        count(all.size(), call);
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
            case "cons", "cons*" -> {
                List<Form> operands = call.operands();
                if (operands.isEmpty() || call.isCall("cons") && operands.size() != 2) {
                    throw dynamic(call);
                }
                for (Form each : operands.subList(0, operands.size() - 1)) {
                    all.add(element(each));
                }
                addAll(all, packages(operands.getLast()), operands.getLast());
            }
            case "map" -> mapped(call, all);
            default -> throw dynamic(call);
        }
        checkSize(all, call);
        count(all.size(), call);
        return all;
    }

    /** {@code (map specification->package STRINGS)}, or with outputs, as manifests have had it for long. */
    private void mapped(Form.Listing call, List<WantedPackage> all) throws FormatException, DynamicCodeException {
        if (call.operands().size() != 2) {
            throw dynamic(call);
        }
        Form function = call.operands().getFirst();
        boolean outputs = function instanceof Form.Listing composed
                && composed.isCall("compose")
                && composed.operands().size() == 2
                && isSymbol(composed.operands().getFirst(), "list")
                && isSymbol(composed.operands().getLast(), "specification->package+output");
        if (!outputs && !isSymbol(function, "specification->package")) {
            throw dynamic(function);
        }
        for (Form.Text text : specifications(call.operands().getLast())) {
            WantedPackage specified = specified(text);
            if (!outputs && !specified.output().equals("out")) {
                throw dynamic(text, "an output cannot be named here");
            }
            all.add(specified);
        }
    }

    private static boolean isSymbol(Form form, String wanted) {
        return form instanceof Form.Symbol(String name, _) && name.equals(wanted);
    }

    /** {@code PACKAGE} or {@code (list PACKAGE "OUTPUT")}. */
    private WantedPackage element(Form form) throws FormatException, DynamicCodeException {
        if (meant(form) instanceof Form.Listing list && list.isCall("list")) {
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

    private WantedPackage subjectOf(Form written) throws FormatException, DynamicCodeException {
        Form form = meant(written);
        if (form instanceof Form.Symbol(String name, _)) {
            return new WantedPackage(new Subject.Variable(name), "out", List.of(), written.place());
        }
        if (form instanceof Form.Listing call && call.isCall("@")) {
            return new WantedPackage(exported(call), "out", List.of(), written.place());
        }
        if (form instanceof Form.Listing call && call.operands().size() == 1) {
            if (call.isCall("specification->package")) {
                WantedPackage specified = specified(text(call.operands().getFirst()));
                if (!specified.output().equals("out")) {
                    throw dynamic(form, "an output cannot be named here");
                }
                return new WantedPackage(specified.subject(), "out", List.of(), written.place());
            }
            if (definitions.containsKey(call.operator())) {
                List<Transformation> all = new ArrayList<>(transformations(call.elements().getFirst()));
                WantedPackage inner = subject(call.operands().getFirst());
                all.addAll(0, inner.transformations());
                count(all.size(), call);
                return new WantedPackage(inner.subject(), "out", all, written.place());
            }
        }
        throw form == written ? dynamic(form) : dynamic(written, written.kind() + " is no package of Guix's");
    }

    /** {@code (@ (gnu packages MODULE) NAME)}. */
    private static Subject exported(Form.Listing call) throws DynamicCodeException {
        if (call.operands().size() != 2
                || !(call.operands().getFirst() instanceof Form.Listing module)
                || module.tail().isPresent()
                || module.elements().isEmpty()
                || !(call.operands().getLast() instanceof Form.Symbol(String name, _))) {
            throw dynamic(call);
        }
        List<String> words = new ArrayList<>();
        for (Form each : module.elements()) {
            if (!(each instanceof Form.Symbol(String word, _))) {
                throw dynamic(each);
            }
            words.add(word);
        }
        return new Subject.Variable(name, Optional.of(words));
    }

    /** {@code (options->transformation '((OPTION . "VALUE")...))}, or a name for it. */
    private List<Transformation> transformations(Form form) throws FormatException, DynamicCodeException {
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
        count(all.size(), call);
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

    /** What a form is once names that the file defines, and blocks with names of their own, are seen through. */
    private Form meant(Form form) throws FormatException, DynamicCodeException {
        Form value = form;
        for (int i = 0; i <= MAX_DEPTH; i++) {
            switch (value) {
                case Form.Symbol(String name, _) when definitions.containsKey(name) -> value = definitions.get(name);
                case Form.Listing block when block.isCall("let") || block.isCall("let*") -> value = locals.body(block);
                default -> {
                    return value;
                }
            }
        }
        throw dynamic(form);
    }

    /** The list that a form is or that a name in it stands for. */
    private Form.Listing call(Form form) throws FormatException, DynamicCodeException {
        Form value = meant(form);
        if (value instanceof Form.Listing list && !list.operator().isEmpty()) {
            count(1, form);
            return list;
        }
        throw dynamic(value);
    }

    private void count(int more, Form form) throws DynamicCodeException {
        if (more > MAX_STEPS - steps) {
            throw dynamic(form, "definitions refer to each other too often");
        }
        steps += more;
    }

    private static Form only(Form.Listing call) throws DynamicCodeException {
        if (call.operands().size() != 1) {
            throw dynamic(call);
        }
        return call.operands().getFirst();
    }

    private Form.Text text(Form form) throws FormatException, DynamicCodeException {
        if (meant(form) instanceof Form.Text text) {
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

    static DynamicCodeException dynamic(Form form) {
        return dynamic(form, form.kind() + " is not understood here");
    }

    static DynamicCodeException dynamic(Form form, String problem) {
        return new DynamicCodeException("manifest", problem, form.place(), HINT);
    }
}
