// SPDX-License-Identifier: Apache-2.0
/**
 * Directed graphs of numbered nodes in plain arrays: what garbage collection, storage estimates and the graph view
 * compute with. Nothing here knows what the nodes are. Every algorithm is iterative, so depth is no limit.
 */
@NullMarked
package dev.cairn.graph;

import org.jspecify.annotations.NullMarked;
