// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.HostTools;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.OctetString;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.nio.file.Path;
import java.util.Optional;

/** What is refused before anything is built. */
final class BuilderRules {
    /** The variable in which Nix hands over attributes that have a structure. */
    private static final String STRUCTURED = "__json";

    private BuilderRules() {}

    /** @throws DaemonException.Refused when this derivation cannot or must not be built here */
    static void check(StorePath path, Derivation derivation, BuildOptions options, StoreLayout layout)
            throws DaemonException {
        if (derivation.isBuiltin()) {
            return;
        }
        String builder = OctetString.toText(derivation.builder());
        boolean hostTools = HostTools.areUsedBy(derivation);
        if (hostTools && options.pure()) {
            throw HostTools.refusal(path);
        }
        boolean nix = layout.places().isNix();
        if (nix && derivation.environment().containsKey(STRUCTURED)) {
            throw new DaemonException.Refused(
                    "'" + path + "' has structured attributes, which are not supported",
                    Optional.of("Leave out __structuredAttrs."));
        }
        boolean onHost = hostTools && (isBelow(builder, "/usr") || isBelow(builder, "/bin"));
        // Nix runs whatever the builder finds where it is to run, which may be nothing.
        if (!nix && !onHost && !isBelow(builder, layout.storeDirectory().path())) {
            throw new DaemonException.Refused(
                    "the builder '" + builder + "' of '" + path + "' is not in the store",
                    Optional.of("Builders are programs of the store, builtin:NAME, or, with hostTools, programs in "
                            + "/usr or /bin."));
        }
        if (!options.sandbox() && !layout.isSystem()) {
            throw new DaemonException.Refused(
                    "'" + path + "' cannot be built without isolation: the builder would look for its inputs in '"
                            + layout.storeDirectory() + "', but this store is in '" + layout.physicalStore() + "'",
                    Optional.of("Leave isolation switched on; only a system store can do without."));
        }
    }

    private static boolean isBelow(String file, String folder) {
        Path path = Path.of(file);
        return path.isAbsolute() && path.equals(path.normalize()) && path.startsWith(folder)
                && path.getNameCount() > Path.of(folder).getNameCount();
    }
}
