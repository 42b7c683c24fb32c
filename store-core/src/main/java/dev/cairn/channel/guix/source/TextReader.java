// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.channel.guix.source.Expressions.Value;
import dev.cairn.error.CairnException;
import dev.cairn.scheme.code.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads expressions whose value is a text: names, versions, folders. For one question, by one thread. */
final class TextReader {
    private static final int MAX_LENGTH = 10_000;

    private final Expressions expressions;
    private final PackageReader packages;

    TextReader(Expressions expressions, PackageReader packages) {
        this.expressions = expressions;
        this.packages = packages;
    }

    /** The text that an expression stands for. */
    String read(Form form, Scope scope) throws CairnException {
        String text = expressions.read(form, scope, this::read);
        if (text.length() > MAX_LENGTH) {
            throw new UnreadableException("a text of too many characters", scope.file(), form.place());
        }
        return text;
    }

    private String read(Value value) throws CairnException {
        return switch (value.form()) {
            case Form.Text(String text, _) -> text;
            case Form.Listing call -> call(value, call);
            default -> throw value.dynamic();
        };
    }

    private String call(Value value, Form.Listing call) throws CairnException {
        List<Form> operands = call.operands();
        Scope scope = value.scope();
        if (call.isCall("string-append")) {
            StringBuilder text = new StringBuilder();
            for (Form each : operands) {
                text.append(read(each, scope));
            }
            return text.toString();
        }
        return switch (call.operator() + "/" + operands.size()) {
            case "package-name/1" -> packages.name(packages.read(operands.getFirst(), scope));
            case "package-version/1" ->
                packages.version(packages.read(operands.getFirst(), scope)).orElseThrow(value::dynamic);
            case "version-major/1" -> prefix(value, operands.getFirst(), 1);
            case "version-major+minor/1" -> prefix(value, operands.getFirst(), 2);
            case "version-major+minor+point/1" -> prefix(value, operands.getFirst(), 3);
            case "version-prefix/2" -> {
                if (!(operands.get(1) instanceof Form.Constant(String number, _)) || !number.matches("[1-9]")) {
                    throw value.dynamic();
                }
                yield prefix(value, operands.getFirst(), Integer.parseInt(number));
            }
            case "git-version/3" -> revision(value, operands, 7);
            case "hg-version/3" -> revision(value, operands, 12);
            default -> throw value.dynamic();
        };
    }

    private String prefix(Value value, Form version, int parts) throws CairnException {
        String[] all = read(version, value.scope()).split("\\.");
        return String.join(".", Arrays.asList(all).subList(0, Math.min(parts, all.length)));
    }

    /** Version, revision and the first digits of the commit, as in {@code 1.0-2.cabba9e}. */
    private String revision(Value value, List<Form> operands, int digits) throws CairnException {
        String commit = read(operands.get(2), value.scope());
        return read(operands.get(0), value.scope()) + "-" + read(operands.get(1), value.scope()) + "."
                + commit.substring(0, Math.min(digits, commit.length()));
    }

    /** The texts of {@code (list TEXT...)}, {@code '(TEXT...)} or the same with a quasi-quotation. */
    List<String> readAll(Form form, Scope scope) throws CairnException {
        return expressions.read(form, scope, this::readAll);
    }

    private List<String> readAll(Value value) throws CairnException {
        if (!(value.form() instanceof Form.Listing call)) {
            throw value.dynamic();
        }
        List<String> all = new ArrayList<>();
        if (call.isCall("list")) {
            for (Form each : call.operands()) {
                all.add(read(each, value.scope()));
            }
            return all;
        }
        boolean quasi = call.isCall("quasiquote");
        if (!quasi && !call.isCall("quote")
                || call.operands().size() != 1
                || !(call.operands().getFirst() instanceof Form.Listing texts)) {
            throw value.dynamic();
        }
        for (Form each : texts.elements()) {
            Optional<Form> unquoted = quasi ? unquoted(each) : Optional.empty();
            if (unquoted.isPresent()) {
                all.add(read(unquoted.get(), value.scope()));
            } else if (each instanceof Form.Text(String text, _)) {
                all.add(text);
            } else {
                throw value.problem(each.kind() + " is no text");
            }
        }
        return all;
    }

    /** What follows a comma in a quasi-quotation. */
    static Optional<Form> unquoted(Form form) {
        return form instanceof Form.Listing list && list.isCall("unquote") && list.operands().size() == 1
                ? Optional.of(list.operands().getFirst())
                : Optional.empty();
    }
}
