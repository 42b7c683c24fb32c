// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.SmallSteps;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The hashes of a NAR of known size, made as it passes; what follows it is not looked at. Once a thread has read all of
 * the NAR behind the one that hashes it, that thread may ask.
 */
final class NarDigest implements Pipe.Look {
    private final HashAlgorithm algorithm;
    private final MessageDigest announced;
    private final Optional<MessageDigest> registered;
    private long left;

    /** @param algorithm of the hash that was announced */
    NarDigest(HashAlgorithm algorithm, long size) {
        this.algorithm = algorithm;
        this.announced = algorithm.newBulkDigest();
        this.registered = algorithm == HashAlgorithm.SHA256
                ? Optional.empty()
                : Optional.of(HashAlgorithm.SHA256.newBulkDigest());
        this.left = size;
    }

    @Override
    public void at(byte[] octets, int length) {
        int n = (int) Math.min(length, left);
        if (n == 0) {
            return;
        }
        left -= n;
        SmallSteps.update(announced, octets, 0, n);
        registered.ifPresent(digest -> SmallSteps.update(digest, octets, 0, n));
    }

    /** To be called once, as is the next. */
    Hash announced() {
        return Hash.from(algorithm, announced);
    }

    /** The hash that stores keep. @param announced what {@link #announced} gave */
    Hash registered(Hash announced) {
        return registered.map(digest -> Hash.from(HashAlgorithm.SHA256, digest)).orElse(announced);
    }
}
