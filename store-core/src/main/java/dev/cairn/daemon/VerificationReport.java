// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.List;

/**
 * What a check of the store found.
 *
 * @param checked number of items looked at
 * @param missing valid items whose files are gone
 * @param corrupt valid items whose contents do not have the registered hash
 */
public record VerificationReport(int checked, List<StorePath> missing, List<StorePath> corrupt) {
    public VerificationReport {
        missing = List.copyOf(missing);
        corrupt = List.copyOf(corrupt);
    }

    /** Whether nothing was wrong. */
    public boolean isSound() {
        return missing.isEmpty() && corrupt.isEmpty();
    }
}
