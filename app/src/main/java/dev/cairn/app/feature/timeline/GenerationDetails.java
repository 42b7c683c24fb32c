// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.transaction.Comparison;

/**
 * What the timeline tells about two generations.
 *
 * @param comparison what the second has otherwise than the first
 */
public record GenerationDetails(GenerationPair pair, Comparison comparison) {}
