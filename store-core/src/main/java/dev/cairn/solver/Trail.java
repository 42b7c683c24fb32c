// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.Arrays;

/** The literals that are true at the moment, in the order in which they became so, and why. */
final class Trail implements Assignment {
    /** Instead of a clause: the literal was decided. */
    static final int DECIDED = -1;

    private final Ints literals = new Ints();
    private final Ints levelStarts = new Ints();
    private byte[] values = new byte[16];
    private int[] levels = new int[16];
    private int[] reasons = new int[16];
    private int reversals;

    /** Makes room for a variable. */
    void grow(int variable) {
        if (variable >= values.length) {
            int length = Math.max(variable + 1, 2 * values.length);
            values = Arrays.copyOf(values, length);
            levels = Arrays.copyOf(levels, length);
            reasons = Arrays.copyOf(reasons, length);
        }
    }

    int size() {
        return literals.size();
    }

    int literal(int index) {
        return literals.get(index);
    }

    /** How many decisions there are. */
    int level() {
        return levelStarts.size();
    }

    /** After how many decisions a variable got its value. */
    int level(int literal) {
        return levels[Math.abs(literal)];
    }

    /** The clause that gave a variable its value. */
    int reason(int literal) {
        return reasons[Math.abs(literal)];
    }

    @Override
    public boolean isTrue(int literal) {
        int value = Math.abs(literal) < values.length ? values[Math.abs(literal)] : 0;
        return literal > 0 ? value > 0 : value < 0;
    }

    @Override
    public boolean isFalse(int literal) {
        return isTrue(-literal);
    }

    @Override
    public int reversals() {
        return reversals;
    }

    boolean isOpen(int literal) {
        return values[Math.abs(literal)] == 0;
    }

    void decide(int literal) {
        levelStarts.add(literals.size());
        put(literal, DECIDED);
    }

    void put(int literal, int reason) {
        int variable = Math.abs(literal);
        values[variable] = (byte) (literal > 0 ? 1 : -1);
        levels[variable] = levelStarts.size();
        reasons[variable] = reason;
        literals.add(literal);
    }

    /** Takes back all decisions after the first ones, and what followed from them. */
    void backTo(int level) {
        if (level >= levelStarts.size()) {
            return;
        }
        reversals++;
        int start = levelStarts.get(level);
        for (int i = start; i < literals.size(); i++) {
            values[Math.abs(literals.get(i))] = 0;
        }
        literals.shrink(start);
        levelStarts.shrink(level);
    }
}
