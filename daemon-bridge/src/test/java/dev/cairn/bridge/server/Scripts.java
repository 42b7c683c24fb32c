// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.error.CairnException;
import dev.cairn.path.StoreDirectory;

/** Derivations that run a script with the shell of this machine. */
final class Scripts {
    private Scripts() {}

    static NamedDerivation derivation(String name, String script) throws CairnException {
        DerivationHasher<CairnException> hasher = new DerivationHasher<>(StoreDirectory.GNU, _ -> {
            throw new AssertionError("there are no inputs");
        });
        return new DerivationBuilder(name, "x86_64-linux", "/bin/sh")
                .argument("-c")
                .argument(script)
                .variable("hostTools", "1")
                .variable("PATH", "/usr/bin:/bin")
                .build(hasher);
    }
}
