// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those definitions of a channel that can be used: they name existing packages only, and need themselves neither
 * directly nor indirectly. What is left out is explained, and what needs it is left out as well.
 */
public final class SoundPackages {
    /** The longest chain of packages that need each other; it is followed by recursion. */
    private static final int LONGEST_CHAIN = 1000;

    private final Dependencies dependencies;
    private final Map<String, PackageDefinition> sound = new LinkedHashMap<>();
    private final Map<String, List<Specification>> needs = new HashMap<>();
    private final List<DefinitionProblem> problems = new ArrayList<>();

    /** Checks definitions that are each well-formed. */
    public SoundPackages(Collection<PackageDefinition> definitions, SourceFolder folder) {
        dependencies = new Dependencies(folder);
        for (PackageDefinition definition : definitions) {
            PackageDefinition first = sound.putIfAbsent(definition.label(), definition);
            if (first != null) {
                report(definition, "version", "'" + definition.label() + "' a second time",
                        "another version than in " + first.location());
            }
        }
        for (PackageDefinition definition : List.copyOf(sound.values())) {
            try {
                needs.put(definition.label(), dependencies.of(definition));
            } catch (PackageException e) {
                sound.remove(definition.label());
                report(definition, "arguments", e.getMessage(), "a definition that can be built");
            }
        }
        removeUnmet();
        removeCycles();
        removeUnmet();
    }

    /** The sound definitions, in the order given. */
    public List<PackageDefinition> sound() {
        return List.copyOf(sound.values());
    }

    /** Why the others are not. */
    public List<DefinitionProblem> problems() {
        return List.copyOf(problems);
    }

    private void report(PackageDefinition definition, String field, String found, String expected) {
        problems.add(new DefinitionProblem(
                definition.file(), definition.line(), definition.column(), definition.name() + "." + field, found,
                expected));
    }

    /** Leaves out what needs something that is not there, again and again, as that may be needed in turn. */
    private void removeUnmet() {
        boolean removed = true;
        while (removed) {
            removed = false;
            PackageSet set = new PackageSet(sound.values());
            for (PackageDefinition definition : List.copyOf(sound.values())) {
                for (Specification input : needs.get(definition.label())) {
                    try {
                        set.meant(definition, input);
                    } catch (PackageException.UnknownInput e) {
                        sound.remove(definition.label());
                        removed = true;
                        report(definition, "inputs", e.getMessage(), e.hint().orElse("a package of this channel"));
                        break;
                    }
                }
            }
        }
    }

    private void removeCycles() {
        PackageSet set = new PackageSet(sound.values());
        Set<String> done = new HashSet<>();
        Set<String> cyclic = new HashSet<>();
        for (PackageDefinition definition : sound.values()) {
            follow(definition, set, new ArrayList<>(), done, cyclic);
        }
        for (String label : cyclic) {
            sound.remove(label);
        }
    }

    private void follow(
            PackageDefinition definition, PackageSet set, List<String> path, Set<String> done, Set<String> cyclic) {
        int start = path.indexOf(definition.label());
        if (start >= 0) {
            List<String> members = new ArrayList<>(path.subList(start, path.size()));
            members.add(definition.label());
            if (cyclic.addAll(members)) {
                report(definition, "inputs", new PackageException.Cycle(members).getMessage(), "no such circle");
            }
            return;
        }
        if (!done.add(definition.label())) {
            return;
        }
        if (path.size() == LONGEST_CHAIN) {
            cyclic.add(definition.label());
            report(definition, "inputs", "the end of a chain of " + LONGEST_CHAIN + " packages", "a shorter chain");
            return;
        }
        path.add(definition.label());
        for (Specification input : needs.get(definition.label())) {
            try {
                follow(set.meant(definition, input), set, path, done, cyclic);
            } catch (PackageException.UnknownInput e) {
                throw new IllegalStateException("left out before", e);
            }
        }
        path.removeLast();
    }
}
