// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.util.List;
import java.util.Optional;

/** A repository that a Data Service follows. @param id by which the service is asked for it */
record ServiceRepository(String id, String label, String url) {
    /** That of a label; for the usual label, also the one that is Guix's going by its address, or the only one. */
    static Optional<ServiceRepository> choose(List<ServiceRepository> repositories, String label) {
        Optional<ServiceRepository> labelled =
                repositories.stream().filter(one -> one.label().equals(label)).findFirst();
        if (labelled.isPresent() || !label.equals(GuixSource.REPOSITORY)) {
            return labelled;
        }
        return repositories.stream()
                .filter(one -> one.url().endsWith("/guix.git"))
                .findFirst()
                .or(() -> repositories.stream().findFirst());
    }
}
