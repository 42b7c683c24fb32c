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
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

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
        learn(derivation);
        return new Hash(HashAlgorithm.SHA256, HexFormat.of().parseHex(known.get(derivation)));
    }

    /** What stands for a complete derivation inside those that depend on it. */
    public Hash modulo(Derivation derivation) throws FormatException, X {
        learnInputs(derivation);
        return moduloOfKnownInputs(derivation);
    }

    /** The hash that names the outputs of a derivation that is not fixed-output; its output paths do not matter. */
    public Hash masked(Derivation derivation) throws FormatException, X {
        learnInputs(derivation);
        return Hash.sha256(DerivationPrinter.print(derivation, hashedInputs(derivation), true));
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

    private void learnInputs(Derivation derivation) throws FormatException, X {
        for (StorePath input : derivation.inputDerivations().keySet()) {
            learn(input);
        }
    }

    /** One derivation whose inputs are being hashed. */
    private record Pending(StorePath path, Derivation derivation) {}

    private void learn(StorePath root) throws FormatException, X {
        if (known.containsKey(root)) {
            return;
        }
        Deque<Pending> stack = new ArrayDeque<>();
        Set<StorePath> onStack = new HashSet<>();
        push(root, stack, onStack);
        while (!stack.isEmpty()) {
            Pending top = stack.peek();
            boolean complete = true;
            // A fixed output's hash does not depend on its inputs, so they are not even looked up.
            if (!top.derivation.isFixedOutput()) {
                for (StorePath input : top.derivation.inputDerivations().keySet()) {
                    if (!known.containsKey(input)) {
                        push(input, stack, onStack);
                        complete = false;
                        break;
                    }
                }
            }
            if (complete) {
                known.put(top.path, moduloOfKnownInputs(top.derivation).hex());
                onStack.remove(top.path);
                stack.pop();
            }
        }
    }

    private void push(StorePath path, Deque<Pending> stack, Set<StorePath> onStack) throws FormatException, X {
        if (!onStack.add(path)) {
            throw new FormatException("derivation", "'" + path + "' depends on itself");
        }
        stack.push(new Pending(path, resolver.resolve(path)));
    }

    private Hash moduloOfKnownInputs(Derivation derivation) {
        if (derivation.isFixedOutput()) {
            DerivationOutput out = derivation.outputs().get("out");
            String text = "fixed:out:" + out.hashAlgorithm() + ":" + out.hash() + ":"
                    + out.path().map(StorePath::toString).orElse("");
            return Hash.sha256(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return Hash.sha256(DerivationPrinter.print(derivation, hashedInputs(derivation), false));
    }

    /**
     * The inputs under the names that hashing gives them. Where two have the same, the daemon keeps the one whose path
     * sorts last.
     */
    private SortedMap<String, SortedSet<String>> hashedInputs(Derivation derivation) {
        SortedMap<String, SortedSet<String>> inputs = new TreeMap<>();
        derivation.inputDerivations().forEach((path, names) -> inputs.put(known.get(path), names));
        return inputs;
    }
}
