// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.source.Expressions.Value;
import dev.cairn.error.CairnException;
import dev.cairn.scheme.code.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions whose value is a package, and the fields of packages. For one question, by one thread. */
final class PackageReader {
    private final Expressions expressions;
    private final TextReader texts;

    PackageReader(Expressions expressions) {
        this.expressions = expressions;
        texts = new TextReader(expressions, this);
    }

    /**
     * The value of a field.
     *
     * @param form as it is written, in this package or in one that it inherits from
     * @param scope what names mean there
     */
    record Field(Form form, Scope scope) {}

    /** The package that an expression stands for. */
    GuixPackage read(Form form, Scope scope) throws CairnException {
        return expressions.read(form, scope, this::read);
    }

    private GuixPackage read(Value value) throws CairnException {
        Optional<GuixPackage> itself = Expressions.itself(value);
        if (itself.isPresent()) {
            return itself.get();
        }
        if (!(value.form() instanceof Form.Listing call)) {
            throw value.problem(value.form().kind() + " is no package");
        }
        List<Form> operands = call.operands();
        return switch (call.operator()) {
            case "package", "package/inherit" -> new GuixPackage.Written(call, value.scope(), Optional.empty());
            case "hidden-package" -> read(only(value, operands), value.scope());
            case "deprecated-package" -> {
                if (operands.size() != 2
                        || !(read(operands.get(1), value.scope()) instanceof GuixPackage.Written written)) {
                    throw value.dynamic();
                }
                String name = texts.read(operands.get(0), value.scope());
                yield new GuixPackage.Written(written.form(), written.scope(), Optional.of(name));
            }
            case "specification->package" -> named(value, texts.read(only(value, operands), value.scope()));
            default -> throw value.dynamic();
        };
    }

    private static Form only(Value value, List<Form> operands) throws UnreadableException {
        if (operands.size() != 1) {
            throw value.dynamic();
        }
        return operands.getFirst();
    }

    private static GuixPackage named(Value value, String specification) throws UnreadableException {
        int at = specification.lastIndexOf('@');
        String name = at < 0 ? specification : specification.substring(0, at);
        Optional<String> version = at < 0 ? Optional.empty() : Optional.of(specification.substring(at + 1));
        if (name.isEmpty() || name.indexOf(':') >= 0 || version.filter(String::isEmpty).isPresent()) {
            throw value.problem("'" + specification + "' names no package");
        }
        return new GuixPackage.Named(name, version);
    }

    /** The package's name. */
    String name(GuixPackage subject) throws CairnException {
        return switch (subject) {
            case GuixPackage.Named(String name, _) -> name;
            case GuixPackage.Written written when written.alias().isPresent() -> written.alias().get();
            case GuixPackage.Written written -> text(written, "name");
        };
    }

    /** The package's version, if it is stated at all. */
    Optional<String> version(GuixPackage subject) throws CairnException {
        return switch (subject) {
            case GuixPackage.Named(_, Optional<String> version) -> version;
            case GuixPackage.Written written -> Optional.of(text(written, "version"));
        };
    }

    private String text(GuixPackage.Written subject, String name) throws CairnException {
        Field field = field(subject, name)
                .orElseThrow(() -> new UnreadableException(
                        "the package has no " + name, subject.scope().file(), subject.form().place()));
        return texts.read(field.form(), field.scope());
    }

    /** A field as the package or one that it inherits from states it; empty where none does. */
    Optional<Field> field(GuixPackage subject, String name) throws CairnException {
        if (!(subject instanceof GuixPackage.Written written)) {
            throw new UnreadableException("'" + name(subject) + "' is only named, so its fields are not known");
        }
        return field(written, name, subject);
    }

    private Optional<Field> field(GuixPackage.Written subject, String name, GuixPackage itself)
            throws CairnException {
        Optional<Form> base = Optional.empty();
        List<Form> fields = subject.form().operands();
        if (subject.form().isCall("package/inherit") && !fields.isEmpty()) {
            base = Optional.of(fields.getFirst());
            fields = fields.subList(1, fields.size());
        }
        for (Form.Listing field : fields(subject, fields)) {
            if (field.isCall(name)) {
                return Optional.of(new Field(
                        field.operands().getFirst(), fieldScope(subject, fields(subject, fields), itself)));
            }
            if (field.isCall("inherit")) {
                base = Optional.of(field.operands().getFirst());
            }
        }
        if (base.isEmpty()) {
            return Optional.empty();
        }
        return expressions.read(base.get(), subject.scope(), value -> switch (read(value)) {
            case GuixPackage.Written parent -> field(parent, name, itself);
            case GuixPackage.Named(String parent, _) ->
                throw value.problem("'" + parent + "' is only named, so what it has cannot be inherited");
        });
    }

    /** Makes sure that each has a name and a value: else a macro is at work. */
    private static List<Form.Listing> fields(GuixPackage.Written subject, List<Form> forms)
            throws UnreadableException {
        List<Form.Listing> fields = new ArrayList<>();
        for (Form each : forms) {
            if (!(each instanceof Form.Listing field)
                    || field.operator().isEmpty()
                    || field.operands().size() != 1) {
                throw new UnreadableException(
                        each.kind() + " is no field of a package", subject.scope().file(), each.place());
            }
            fields.add(field);
        }
        return fields;
    }

    /** Inside a package, names of fields mean these, and {@code this-package} the one that is being read. */
    private static Scope fieldScope(GuixPackage.Written subject, List<Form.Listing> fields, GuixPackage itself) {
        Scope scope = subject.scope().inner();
        for (Form.Listing field : fields) {
            boolean text = field.isCall("name") || field.isCall("version");
            scope.bind(
                    field.operator(),
                    text ? new Binding.Bound(field.operands().getFirst(), scope) : new Binding.Opaque());
        }
        return scope.bind("this-package", new Binding.Itself(itself));
    }

    /** Reads texts in the code of packages. */
    TextReader texts() {
        return texts;
    }
}
