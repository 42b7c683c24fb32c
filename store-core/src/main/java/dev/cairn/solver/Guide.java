// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

/**
 * Leads a search.
 *
 * @param <E> what asking can fail with; the search ends with it
 */
public interface Guide<E extends Exception> {
    /**
     * Gives the solver the clauses that matter once a variable is true. Called once for each variable that ever
     * becomes true. A clause that says nothing while the variable is false contains its negation.
     */
    void expand(int variable, ClauseSolver solver) throws E;

    /**
     * What to try next: a literal without a value. Zero when the assignment answers the question, all variables
     * without a value being false; then every clause must be true.
     */
    int decide(Assignment assignment) throws E;
}
