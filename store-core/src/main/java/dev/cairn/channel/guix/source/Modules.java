// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.scheme.code.Form;
import dev.cairn.scheme.code.FormReader;
import dev.cairn.scheme.code.TopLevel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The modules of a channel, each read when it is first needed. What they define stays in memory, their texts only as
 * far as there is room. For one thread at a time.
 */
final class Modules {
    private static final int MAX_MODULES = 5_000;
    private static final long MAX_TEXT = 24L << 20;
    private static final int MAX_DEPTH = 20;

    /** In UTF-16 units: of one form, and of those that are kept because they may be asked for again soon. */
    private static final int MAX_FORMS = 2 << 20;

    private final ModuleFiles files;
    private final Map<String, Optional<SchemeModule>> modules = new HashMap<>();
    private final SequencedMap<String, String> texts = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Form> forms = new HashMap<>();
    private long textLength;
    private long formsLength;

    private record Key(String file, int offset) {}

    Modules(ModuleFiles files) {
        this.files = files;
    }

    /** Adds a module that has no file among those of the channel. */
    void add(SchemeModule module) {
        modules.put(module.file(), Optional.of(module));
    }

    /** The module of a file; empty where the channel has none: it is one of Guile's own. */
    Optional<SchemeModule> module(String file) throws CairnException {
        Optional<SchemeModule> known = modules.get(file);
        if (known != null) {
            return known;
        }
        if (modules.size() >= MAX_MODULES) {
            throw new FormatException("Scheme code", "more than " + MAX_MODULES + " modules");
        }
        Optional<String> text = text(file);
        try {
            Optional<SchemeModule> module =
                    text.isEmpty() ? Optional.empty() : Optional.of(SchemeModule.read(file, text.get()));
            modules.put(file, module);
            return module;
        } catch (FormatException e) {
            throw new FormatException("module '" + file + "'", e.getMessage());
        }
    }

    private Optional<String> text(String file) throws CairnException {
        String known = texts.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> text = files.read(file);
        if (text.isPresent()) {
            texts.put(file, text.get());
            textLength += text.get().length();
            while (textLength > MAX_TEXT && texts.size() > 1) {
                textLength -= texts.pollFirstEntry().getValue().length();
            }
        }
        return text;
    }

    /** Reads one of a module's forms. */
    Form form(SchemeModule module, TopLevel.Start start) throws CairnException {
        Key key = new Key(module.file(), start.offset());
        Form known = forms.get(key);
        if (known != null) {
            return known;
        }
        String text = text(module.file())
                .orElseThrow(() -> new FormatException("module '" + module.file() + "'", "it is gone"));
        int length = module.forms().end(start, text.length()) - start.offset();
        if (length > MAX_FORMS) {
            throw new FormatException("module '" + module.file() + "'", "a form in it is too long (line "
                    + start.place().line() + ")");
        }
        if (formsLength + length > MAX_FORMS) {
            forms.clear();
            formsLength = 0;
        }
        Form form = FormReader.readAt(text, start.offset(), start.place());
        forms.put(key, form);
        formsLength += length;
        return form;
    }

    /** What a name means in a module, its own variables before imported ones; empty where nobody here defines it. */
    Optional<Binding> find(SchemeModule module, String name) throws CairnException {
        return find(module, name, 0);
    }

    /** What others see of a module under a name. */
    Optional<Binding> exported(String file, String name) throws CairnException {
        return exported(file, name, 0);
    }

    private Optional<Binding> find(SchemeModule module, String name, int depth) throws CairnException {
        if (module.changed().contains(name)) {
            return Optional.of(new Binding.Opaque());
        }
        TopLevel.Start start = module.definitions().get(name);
        if (start != null) {
            return Optional.of(binding(module, (Form.Listing) form(module, start)));
        }
        for (Import each : module.imports().reversed()) {
            Optional<String> original = each.original(name);
            if (original.isPresent()) {
                Optional<Binding> binding = exported(each.file(), original.get(), depth + 1);
                if (binding.isPresent()) {
                    return binding;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Binding> exported(String file, String name, int depth) throws CairnException {
        if (depth > MAX_DEPTH) {
            return Optional.empty();
        }
        Optional<SchemeModule> module = module(file);
        String inside = module.map(found -> found.exports().get(name)).orElse(null);
        return inside == null ? Optional.empty() : find(module.get(), inside, depth);
    }

    private static Binding binding(SchemeModule module, Form.Listing definition) {
        Scope scope = Scope.of(module.file());
        if (definition.operands().size() < 2) {
            return new Binding.Opaque();
        }
        return switch (definition.operands().getFirst()) {
            case Form.Symbol _ -> new Binding.Bound(definition.operands().getLast(), scope);
            case Form.Listing head -> Scope.procedure(head, definition.operands(), scope);
            default -> new Binding.Opaque();
        };
    }
}
