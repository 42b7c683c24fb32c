// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

/**
 * A node of a dependency graph.
 *
 * @param id what the graph's source knows it by
 * @param title the name people know it by
 * @param detail version, output or size; may be empty
 */
public record GraphNode(String id, String title, String detail) {}
