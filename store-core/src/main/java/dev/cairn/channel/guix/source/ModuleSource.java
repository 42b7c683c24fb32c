// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.scheme.code.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a channel's modules as text and runs nothing of them (services, section 1.5.1). What is plain is read; the rest
 * is told with its place, never guessed.
 *
 * <p>A package's search paths are its {@code native-search-paths}, which are what a profile sets.
 */
public final class ModuleSource implements PackageSource {
    private static final int MOST_PROBLEMS = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Modules modules;
    private final FormFinder finder;

    /** @param files of one revision */
    public ModuleSource(ModuleFiles files) {
        modules = new Modules(files);
        finder = new FormFinder(modules);
    }

    @Override
    public Knowledge of(String name, String version, Location location) throws CairnException {
        lock.lock();
        try {
            return new Question(name, version).answer(location);
        } catch (UnreadableException | FormatException e) {
            return new Knowledge.Unknown(e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private final class Question {
        private final String name;
        private final String version;
        private final Expressions expressions = new Expressions(modules);
        private final PackageReader packages = new PackageReader(expressions);

        Question(String name, String version) {
            this.name = name;
            this.version = version;
        }

        Knowledge answer(Location location) throws CairnException {
            SchemeModule module = modules.module(location.file())
                    .orElseThrow(() -> new UnreadableException(
                            "the channel has no file '" + location.file() + "' at this revision"));
            GuixPackage subject = find(module, location);
            InputReader.Inputs inputs = new InputReader(expressions, packages).field(subject, "propagated-inputs");
            SearchPathReader.SearchPaths paths = searchPaths(subject);
            SequencedSet<PropagatedInput> propagated = new LinkedHashSet<>();
            inputs.inputs().forEach(input -> propagated.add(input.input()));
            SequencedSet<SearchPathSpecification> wanted = new LinkedHashSet<>(paths.paths());
            SequencedSet<String> problems = new LinkedHashSet<>(inputs.problems());
            problems.addAll(paths.problems());
            return problems.isEmpty()
                    ? new Knowledge.Known(List.copyOf(propagated), List.copyOf(wanted))
                    : new Knowledge.Unknown(
                            String.join("; ", problems.stream().limit(MOST_PROBLEMS).toList())
                                    + (problems.size() > MOST_PROBLEMS ? "; and more" : ""),
                            List.copyOf(propagated),
                            List.copyOf(wanted));
        }

        private SearchPathReader.SearchPaths searchPaths(GuixPackage subject) throws CairnException {
            try {
                return new SearchPathReader(expressions, packages).of(subject);
            } catch (UnreadableException | FormatException e) {
                SearchPathReader.SearchPaths none = SearchPathReader.SearchPaths.none();
                none.problems().add(e.getMessage());
                return none;
            }
        }

        /** The package at a place, or else the only one in that file that has its name and version. */
        private GuixPackage find(SchemeModule module, Location location) throws CairnException {
            Place place = new Place(location.line(), location.column());
            Optional<GuixPackage.Written> exact = finder.at(module, place).filter(Question::isPackage);
            if (exact.isPresent() && fits(exact.get(), true)) {
                return exact.get();
            }
            List<GuixPackage.Written> others = new ArrayList<>();
            for (Place other : finder.named(module, name)) {
                Optional<GuixPackage.Written> found = finder.at(module, other);
                if (found.isPresent() && fits(found.get(), false)) {
                    others.add(found.get());
                }
            }
            if (others.size() == 1) {
                return others.getFirst();
            }
            throw new UnreadableException("no definition of '" + name + "' " + version
                    + " that can be read is at " + location);
        }

        private static boolean isPackage(GuixPackage.Written found) {
            return found.form().isCall("package") || found.form().isCall("package/inherit");
        }

        /** Whether name and version are these. @param trusting whether it will do if they cannot be read */
        private boolean fits(GuixPackage.Written found, boolean trusting) throws CairnException {
            return is(name, () -> Optional.of(packages.name(found)), trusting)
                    && is(version, () -> packages.version(found), trusting);
        }

        private static boolean is(String expected, Reading reading, boolean trusting) throws CairnException {
            try {
                return reading.read().map(expected::equals).orElse(trusting);
            } catch (UnreadableException | FormatException _) {
                return trusting;
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        Optional<String> read() throws CairnException;
    }
}
