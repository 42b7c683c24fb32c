// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.source.PackageSource;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision that packages are chosen from. Safe for use by several threads.
 *
 * @param knowledge what its packages propagate and which search paths they want
 * @param refresh the way to the service, for what the listing leaves open
 */
record OpenRevision(
        String fingerprint, RevisionRecord record, ItemTable items, PackageSource knowledge, GuixRefresh refresh) {
    /** The derivation of a package; empty where the service knows none for the system. */
    Optional<StorePath> derivation(String name, String version) throws CairnException {
        try {
            return refresh.ask(service -> service.derivation(record.commit(), name, version, record.system()));
        } catch (DataServiceException.NotFound | DataServiceException.Refused _) {
            // Services answer so for packages that come in variants.
            return Optional.empty();
        } catch (IOException e) {
            throw DaemonException.of("asking for the derivation of '" + name + "@" + version + "'", e);
        }
    }

    /** The exact outputs of a package, of which the listing does not say how they are called. */
    SortedMap<String, StorePath> outputs(String name, String version) throws CairnException {
        Optional<StorePath> derivation = derivation(name, version);
        if (derivation.isEmpty()) {
            return new TreeMap<>();
        }
        try {
            return refresh.ask(service -> service.derivationOutputs(derivation.get()));
        } catch (DataServiceException.NotFound | DataServiceException.Refused _) {
            return new TreeMap<>();
        } catch (IOException e) {
            throw DaemonException.of("asking for the outputs of '" + name + "@" + version + "'", e);
        }
    }
}
