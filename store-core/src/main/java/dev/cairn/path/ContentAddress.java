// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.util.Collection;
import java.util.Optional;

/**
 * From what the name of an item follows, as Nix keeps it with the item (daemon, section 17): {@code text:sha256:...},
 * {@code fixed:sha256:...}, {@code fixed:r:sha256:...}, the hash in base 32.
 *
 * @param method how contents are hashed
 * @param hash of the contents
 */
public record ContentAddress(Method method, Hash hash) {
    /** How contents are hashed and what the name says of them. */
    public enum Method {
        /** A file with the references that it was said to have. */
        TEXT("text:"),
        /** The contents of one file. */
        FLAT("fixed:"),
        /** The NAR of a file or tree. */
        RECURSIVE("fixed:r:");

        private final String prefix;

        Method(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * A method with a hash algorithm, as it stands in requests: {@code fixed:r:sha256}.
     *
     * @param algorithm which hash
     */
    public record Rule(Method method, HashAlgorithm algorithm) {
        /** Reads one. @throws FormatException when it means nothing */
        public static Rule parse(String text) throws FormatException {
            for (Method method : new Method[] {Method.TEXT, Method.RECURSIVE, Method.FLAT}) {
                if (text.startsWith(method.prefix)) {
                    Optional<HashAlgorithm> algorithm = HashAlgorithm.of(text.substring(method.prefix.length()));
                    if (algorithm.isPresent()) {
                        return new Rule(method, algorithm.get());
                    }
                }
            }
            throw new FormatException("content address", "'" + text + "' is no known way to address contents");
        }
    }

    /** Reads what {@link #toString} writes; the hash may be in any encoding. */
    public static ContentAddress parse(String text) throws FormatException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new FormatException("content address", "'" + text + "' has no hash");
        }
        Rule rule = Rule.parse(text.substring(0, colon));
        return new ContentAddress(rule.method(), Hash.parse(rule.algorithm(), text.substring(colon + 1)));
    }

    /**
     * The name that an item with these contents has.
     *
     * @param references of the item, with {@code self} if it refers to itself
     * @param self the item's name as it is stated, which is told apart among the references
     * @throws FormatException when no item can be addressed like that
     */
    public StorePath path(StoreDirectory store, String name, Collection<StorePath> references, StorePath self)
            throws FormatException {
        return switch (method) {
            case TEXT -> StorePaths.text(store, name, hash, references);
            case FLAT -> StorePaths.fixedOutput(store, name, withoutReferences(references), false);
            case RECURSIVE ->
                references.isEmpty()
                        ? StorePaths.fixedOutput(store, name, hash, true)
                        : StorePaths.source(store, name, hash, references, self);
        };
    }

    private Hash withoutReferences(Collection<StorePath> references) throws FormatException {
        if (!references.isEmpty()) {
            throw new FormatException("content address", "a file addressed by its contents has no references");
        }
        return hash;
    }

    @Override
    public String toString() {
        return method.prefix + hash.algorithm().id() + ":" + hash.base32();
    }
}
