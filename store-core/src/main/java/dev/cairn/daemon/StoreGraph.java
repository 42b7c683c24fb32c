// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.List;

/**
 * A consistent picture of all valid items and their references, for liveness, what-if and display. Items are numbered
 * from 0 in ascending order of path. Immutable; arrays are shared, not copied: treat them as read-only.
 *
 * @param paths the items
 * @param narSizes octets of each item's NAR, 0 where not known
 * @param offsets {@code paths.size() + 1} positions into {@code targets}
 * @param targets numbers of the referenced items, those of item {@code i} from {@code offsets[i]} to {@code
 *     offsets[i + 1]}, self references included
 * @param derivers number of the recorded deriver where that is valid, else -1
 */
public record StoreGraph(List<StorePath> paths, long[] narSizes, int[] offsets, int[] targets, int[] derivers) {}
