// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the hashes by which derivations stand for each other and which name their outputs (formats, sections 4.3 and
 * 4.4). Remembers the hash of every derivation it met, so that a whole graph costs one hash per derivation.
 *
 * <p>Safe for use by several threads if the resolver is. Graphs may be of any depth.
 *
 * @param <X> what the resolver throws
 */
public final class DerivationHasher<X extends Exception> {
    private final StoreDirectory store;
    private final DerivationResolver<X> resolver;

    /** Hexadecimal hashes modulo, by derivation. */
    private final Map<StorePath, String> known = new ConcurrentHashMap<>();

    /** @param resolver gives the inputs, complete with their output paths */
    public DerivationHasher(StoreDirectory store, DerivationResolver<X> resolver) {
        this.store = store;
        this.resolver = resolver;
    }

    /** The store that output paths are computed for. */
    public StoreDirectory store() {
        return store;
    }

    /**
     * What stands for a derivation inside those that depend on it.
     *
     * @throws FormatException when derivations depend on each other in a circle
     * @throws X when an input cannot be found
     */
    public Hash modulo(StorePath derivation) throws FormatException, X {
        if (!known.containsKey(derivation)) {
            learn(derivation);
        }
        return new Hash(HashAlgorithm.SHA256, HexFormat.of().parseHex(known.get(derivation)));
    }

    /** What stands for a complete derivation inside those that depend on it. */
    public Hash modulo(Derivation derivation) throws FormatException, X {
        return derivation.isFixedOutput()
                ? moduloOfFixedOutput(derivation)
                : DerivationPrinter.hash(derivation, hashedInputs(derivation), false);
    }

    /** The hash that names the outputs of a derivation that is not fixed-output; its output paths do not matter. */
    public Hash masked(Derivation derivation) throws FormatException, X {
        return DerivationPrinter.hash(derivation, hashedInputs(derivation), true);
    }

    /**
     * The output paths that a derivation must have, by output name. Those that it states do not matter.
     *
     * @param name the name of its {@code .drv} item without that ending
     * @throws FormatException when a path cannot be computed: a bad name of an output, a bad hash of fixed contents
     */
    public SortedMap<String, StorePath> outputPaths(String name, Derivation derivation) throws FormatException, X {
        SortedMap<String, StorePath> paths = new TreeMap<>();
        if (derivation.isFixedOutput()) {
            FixedContents contents = FixedContents.of(derivation.outputs().get("out"));
            paths.put("out", StorePaths.fixedOutput(store, name, contents.hash(), contents.recursive()));
            return paths;
        }
        Hash masked = masked(derivation);
        for (String output : derivation.outputs().keySet()) {
            paths.put(output, StorePaths.output(store, output, masked, name));
        }
        return paths;
    }

    /** The inputs under the names that hashing gives them. */
    private List<DerivationPrinter.Input> hashedInputs(Derivation derivation) throws FormatException, X {
        Pending pending = new Pending(derivation);
        for (Optional<StorePath> missing = pending.advance(known);
                missing.isPresent();
                missing = pending.advance(known)) {
            learn(missing.get());
        }
        return pending.sortedInputs();
    }

    /** Finds the hash of a derivation and of those below it that are not known yet, without recursion. */
    private void learn(StorePath root) throws FormatException, X {
        Map<StorePath, Pending> pending = new HashMap<>();
        Deque<StorePath> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            StorePath path = stack.peek();
            Pending top = pending.get(path);
            if (top == null) {
                top = new Pending(resolver.resolve(path));
                pending.put(path, top);
            }
            // A fixed output's hash does not depend on its inputs, so they are not even looked up.
            boolean fixed = top.derivation().isFixedOutput();
            Optional<StorePath> missing = fixed ? Optional.empty() : top.advance(known);
            if (missing.isEmpty()) {
                Hash hash = fixed
                        ? moduloOfFixedOutput(top.derivation())
                        : DerivationPrinter.hash(top.derivation(), top.sortedInputs(), false);
                known.put(path, hash.hex());
                pending.remove(path);
                stack.pop();
            } else if (pending.containsKey(missing.get())) {
                throw new FormatException("derivation", "'" + missing.get() + "' depends on itself");
            } else {
                stack.push(missing.get());
            }
        }
    }

    private static Hash moduloOfFixedOutput(Derivation derivation) {
        DerivationOutput out = derivation.outputs().get("out");
        String text = "fixed:out:" + out.hashAlgorithm() + ":" + out.hash() + ":"
                + out.path().map(StorePath::toString).orElse("");
        return Hash.sha256(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A derivation whose inputs' hashes are being gathered, each looked up once. */
    private static final class Pending {
        private final Derivation derivation;
        private final Iterator<Map.Entry<StorePath, SortedSet<String>>> rest;
        private final List<DerivationPrinter.Input> inputs;
        private Map.@Nullable Entry<StorePath, SortedSet<String>> current;

        Pending(Derivation derivation) {
            this.derivation = derivation;
            this.rest = derivation.inputDerivations().entrySet().iterator();
            this.inputs = new ArrayList<>(derivation.inputDerivations().size());
        }

        Derivation derivation() {
            return derivation;
        }

        /** Goes on until an input is not known, which is returned, or to the end. */
        Optional<StorePath> advance(Map<StorePath, String> known) {
            while (current != null || rest.hasNext()) {
                Map.Entry<StorePath, SortedSet<String>> input = current != null ? current : rest.next();
                String hash = known.get(input.getKey());
                if (hash == null) {
                    current = input;
                    return Optional.of(input.getKey());
                }
                inputs.add(new DerivationPrinter.Input(hash, input.getValue()));
                current = null;
            }
            return Optional.empty();
        }

        /** All inputs by hash. Where two have the same, the daemon keeps the one whose path sorts last. */
        List<DerivationPrinter.Input> sortedInputs() {
            // Stable: inputs with the same hash stay in the order of their paths.
            inputs.sort((a, b) -> a.name().compareTo(b.name()));
            for (int i = inputs.size() - 2; i >= 0; i--) {
                if (inputs.get(i).name().equals(inputs.get(i + 1).name())) {
                    inputs.remove(i);
                }
            }
            return inputs;
        }
    }
}
