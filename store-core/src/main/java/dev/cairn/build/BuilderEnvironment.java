// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.OctetString;
import dev.cairn.path.StoreDirectory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment of builders (daemon, section 8.2). */
final class BuilderEnvironment {
    private BuilderEnvironment() {}

    /**
     * All variables of a builder, as octet strings.
     *
     * @param buildFolder as the builder sees it
     * @param cores what {@code NIX_BUILD_CORES} says
     * @param own the variables of this process, for the few that fixed-output derivations may ask for
     */
    static SortedMap<String, String> of(
            Derivation derivation, StoreDirectory store, String buildFolder, int cores, Map<String, String> own) {
        SortedMap<String, String> variables = new TreeMap<>();
        variables.put("PATH", "/path-not-set");
        variables.put("HOME", "/homeless-shelter");
        variables.put("NIX_STORE", store.path());
        variables.put("NIX_BUILD_CORES", Integer.toString(cores));
        variables.putAll(derivation.environment());
        for (String name : new String[] {"NIX_BUILD_TOP", "TMPDIR", "TEMPDIR", "TMP", "TEMP", "PWD"}) {
            variables.put(name, buildFolder);
        }
        if (derivation.isFixedOutput()) {
            for (String name : Words.of(derivation.environment().getOrDefault("impureEnvVars", ""))) {
                variables.put(name, OctetString.ofText(own.getOrDefault(OctetString.toText(name), "")));
            }
        }
        return variables;
    }
}
