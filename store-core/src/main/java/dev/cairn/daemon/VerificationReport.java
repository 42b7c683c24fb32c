// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.List;

/**
 * What a check of the store found.
 *
 * @param checked number of items looked at
 * @param missing items whose files are gone; those that nothing refers to are no longer valid
 * @param corrupt valid items whose contents do not have the registered hash
 * @param repaired items that were one of the two and are sound again
 */
public record VerificationReport(
        int checked, List<StorePath> missing, List<StorePath> corrupt, List<StorePath> repaired) {
    public VerificationReport {
        missing = List.copyOf(missing);
        corrupt = List.copyOf(corrupt);
        repaired = List.copyOf(repaired);
    }

    /** Whether nothing is wrong, or not any more. */
    public boolean isSound() {
        return missing.isEmpty() && corrupt.isEmpty();
    }
}
