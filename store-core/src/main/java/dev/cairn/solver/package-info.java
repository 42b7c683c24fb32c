// SPDX-License-Identifier: Apache-2.0
/**
 * Finds an assignment of truth values that makes all clauses true, or says which clauses cannot be true together. It
 * knows nothing of what variables stand for.
 *
 * <p>The search is conflict-driven clause learning (GRASP, by Marques-Silva and Sakallah, 1996; watched literals as in
 * Chaff, 2001) with two peculiarities that choosing packages asks for. The caller decides which literal is tried next,
 * so what it prefers is kept wherever that is possible, and the same question always has the same answer. And clauses
 * may be given late: those that only matter once a variable is true are asked for at that moment, so of tens of
 * thousands of packages only those within reach are ever looked at.
 *
 * <p>No library does both. The solvers on offer for Java take all clauses beforehand, decide by activity, and reach
 * preferences by optimising over and over; the best known one is made for problems of another size, is rarely
 * released, and has explanations only by way of a second solver around the first.
 */
@NullMarked
package dev.cairn.solver;

import org.jspecify.annotations.NullMarked;
