// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

/** Which variables have a value. */
public interface Assignment {
    /** Whether a literal, {@code v} or {@code -v} of a variable {@code v} from 1, is true at the moment. */
    boolean isTrue(int literal);

    /** Whether a literal is false at the moment; it may be neither true nor false. */
    boolean isFalse(int literal);

    /** How often values were taken back so far: while it stays the same, what has a value keeps it. */
    int reversals();
}
