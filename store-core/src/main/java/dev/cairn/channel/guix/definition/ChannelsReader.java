// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.FormatException;
import dev.cairn.git.Commits;
import dev.cairn.scheme.code.DynamicCodeException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code channels.scm} as far as it says plainly what it makes (services, section 4.1); nothing is run. */
public final class ChannelsReader {
    private static final int MAX_CHANNELS = 1000;
    private static final Set<String> FIELDS = Set.of("name", "url", "branch", "commit", "introduction");
    private static final String HINT = "Plain lists are read, such as (list (channel (name 'guix) (url \"...\"))) or"
            + " (cons (channel ...) %default-channels). 'guix describe -f channels' writes such a file.";

    private ChannelsReader() {}

    /**
     * The channels of a file, in its order.
     *
     * @throws FormatException when the text is no Scheme, or a channel in it lacks something
     * @throws DynamicCodeException when something in it would have to be run
     */
    public static List<ChannelDefinition> read(String text) throws FormatException, DynamicCodeException {
        Optional<Form> value = Optional.empty();
        for (Form form : FormReader.readAll(text)) {
            if (form instanceof Form.Listing list && list.isCall("use-modules") && value.isEmpty()) {
                continue;
            }
            if (value.isPresent()) {
                throw dynamic(form);
            }
            value = Optional.of(form);
        }
        return channels(value.orElseThrow(() -> new FormatException("list of channels", "nothing in it is one")));
    }

    private static List<ChannelDefinition> channels(Form form) throws FormatException, DynamicCodeException {
        if (form instanceof Form.Symbol(String name, _) && name.equals("%default-channels")) {
            return List.of(ChannelDefinition.GUIX);
        }
        if (!(form instanceof Form.Listing call)) {
            throw dynamic(form);
        }
        List<ChannelDefinition> all = new ArrayList<>();
        List<Form> operands = call.operands();
        switch (call.operator()) {
            case "list" -> {
                for (Form each : operands) {
                    all.add(channel(each));
                }
            }
            case "append" -> {
                for (Form each : operands) {
                    all.addAll(channels(each));
                }
            }
            case "cons", "cons*" -> {
                if (operands.isEmpty() || call.isCall("cons") && operands.size() != 2) {
                    throw dynamic(call);
                }
                for (Form each : operands.subList(0, operands.size() - 1)) {
                    all.add(channel(each));
                }
                all.addAll(channels(operands.getLast()));
            }
            case "quote" -> {
                if (!(only(call) instanceof Form.Listing none) || !none.elements().isEmpty()) {
                    throw dynamic(call);
                }
            }
            default -> throw dynamic(call);
        }
        if (all.size() > MAX_CHANNELS) {
            throw new FormatException("list of channels", "more than " + MAX_CHANNELS + " channels");
        }
        return all;
    }

    private static ChannelDefinition channel(Form form) throws FormatException, DynamicCodeException {
        if (form instanceof Form.Symbol(String name, _) && name.equals("%default-guix-channel")) {
            return ChannelDefinition.GUIX;
        }
        if (!(form instanceof Form.Listing call) || !call.isCall("channel")) {
            throw dynamic(form);
        }
        Map<String, Form> fields = new HashMap<>();
        Optional<ChannelDefinition> inherited = Optional.empty();
        for (Form each : call.operands()) {
            if (each instanceof Form.Listing field && field.isCall("inherit")) {
                inherited = Optional.of(channel(only(field)));
            } else if (!(each instanceof Form.Listing field)
                    || !FIELDS.contains(field.operator())
                    || fields.put(field.operator(), only(field)) != null) {
                throw dynamic(each);
            }
        }
        return channel(call, fields, inherited);
    }

    private static ChannelDefinition channel(
            Form.Listing call, Map<String, Form> fields, Optional<ChannelDefinition> inherited)
            throws FormatException, DynamicCodeException {
        Optional<String> name = fields.containsKey("name")
                ? Optional.of(symbol(fields.get("name")))
                : inherited.map(ChannelDefinition::name);
        Optional<String> url = fields.containsKey("url")
                ? Optional.of(text(fields.get("url")))
                : inherited.map(ChannelDefinition::url);
        if (name.isEmpty() || url.isEmpty()) {
            throw problem("a channel needs a name and a url", call);
        }
        Optional<String> branch = fields.containsKey("branch")
                ? optional(fields.get("branch"))
                : inherited.map(ChannelDefinition::branch).orElse(Optional.of(ChannelDefinition.BRANCH));
        Optional<String> commit = fields.containsKey("commit")
                ? optional(fields.get("commit"))
                : inherited.flatMap(ChannelDefinition::commit);
        Optional<Introduction> introduction = fields.containsKey("introduction")
                ? introduction(fields.get("introduction"))
                : inherited.flatMap(ChannelDefinition::introduction);
        try {
            return new ChannelDefinition(name.get(), url.get(), branch, commit, introduction).completed();
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), call);
        }
    }

    private static Optional<Introduction> introduction(Form form) throws FormatException, DynamicCodeException {
        if (isFalse(form)) {
            return Optional.empty();
        }
        if (!(form instanceof Form.Listing make)
                || !make.isCall("make-channel-introduction")
                || make.operands().size() != 2
                || !(make.operands().get(1) instanceof Form.Listing signer)
                || !signer.isCall("openpgp-fingerprint")) {
            throw dynamic(form);
        }
        String commit = text(make.operands().get(0));
        if (!Commits.isFull(commit)) {
            throw problem("an introduction names a commit by all its 40 digits", form);
        }
        return Optional.of(new Introduction(commit, Fingerprint.parse(text(only(signer)))));
    }

    private static Form only(Form.Listing call) throws DynamicCodeException {
        if (call.operands().size() != 1) {
            throw dynamic(call);
        }
        return call.operands().getFirst();
    }

    private static String symbol(Form form) throws DynamicCodeException {
        if (form instanceof Form.Listing quoted
                && quoted.isCall("quote")
                && only(quoted) instanceof Form.Symbol(String name, _)) {
            return name;
        }
        throw dynamic(form);
    }

    private static String text(Form form) throws DynamicCodeException {
        if (form instanceof Form.Text(String text, _)) {
            return text;
        }
        throw dynamic(form);
    }

    private static boolean isFalse(Form form) {
        return form instanceof Form.Bool(boolean value, _) && !value;
    }

    private static Optional<String> optional(Form form) throws DynamicCodeException {
        return isFalse(form) ? Optional.empty() : Optional.of(text(form));
    }

    private static FormatException problem(String what, Form form) {
        return new FormatException(
                "list of channels",
                what + " (line " + form.place().line() + ", column " + form.place().column() + ")");
    }

    private static DynamicCodeException dynamic(Form form) {
        return new DynamicCodeException(
                "list of channels", form.kind() + " is not understood here", form.place(), HINT);
    }
}
