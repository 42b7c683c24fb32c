// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Solves and makes sudokus: depth-first over the cell with the fewest candidates, candidates kept as bits. */
public final class Sudoku {
    private final int[] cells = new int[81];
    private final int[] rows = new int[9];
    private final int[] columns = new int[9];
    private final int[] boxes = new int[9];
    private int[] firstSolution = new int[0];
    private int solutions;

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("make")) {
            make(Long.parseLong(arguments[1]));
            return;
        }
        Sudoku puzzle = new Sudoku();
        String problem = puzzle.read(new String(System.in.readNBytes(100_000), StandardCharsets.UTF_8));
        if (!problem.isEmpty()) {
            System.err.println("sudoku: " + problem);
            System.exit(1);
        }
        puzzle.solve(2, new Random(0));
        if (puzzle.solutions == 0) {
            System.err.println("sudoku: there is no solution");
            System.exit(1);
        }
        print(puzzle.firstSolution);
        if (puzzle.solutions > 1) {
            System.err.println("sudoku: there is more than one solution");
            System.exit(1);
        }
    }

    private static void make(long seed) {
        Random random = new Random(seed);
        Sudoku full = new Sudoku();
        full.solve(1, random);
        int[] puzzle = full.firstSolution;
        int[] order = random.ints(0, 81).distinct().limit(81).toArray();
        for (int cell : order) {
            int digit = puzzle[cell];
            puzzle[cell] = 0;
            Sudoku trial = new Sudoku();
            for (int i = 0; i < 81; i++) {
                if (puzzle[i] != 0) {
                    trial.put(i, puzzle[i]);
                }
            }
            trial.solve(2, random);
            if (trial.solutions != 1) {
                puzzle[cell] = digit;
            }
        }
        print(puzzle);
        System.err.println("puzzle " + seed);
    }

    private String read(String text) {
        int cell = 0;
        for (char c : text.toCharArray()) {
            if (c != '.' && (c < '0' || c > '9')) {
                continue;
            }
            if (cell == 81) {
                return "there are more than 81 cells";
            }
            if (c > '0') {
                if ((candidates(cell) & 1 << c - '0') == 0) {
                    return "row " + (cell / 9 + 1) + ", column " + (cell % 9 + 1) + ": " + c + " is there already";
                }
                put(cell, c - '0');
            }
            cell++;
        }
        return cell == 81 ? "" : "there are " + cell + " cells, not 81";
    }

    private static int box(int cell) {
        return cell / 27 * 3 + cell % 9 / 3;
    }

    private int candidates(int cell) {
        return ~(rows[cell / 9] | columns[cell % 9] | boxes[box(cell)]) & 0x3fe;
    }

    private void put(int cell, int digit) {
        cells[cell] = digit;
        toggle(cell, digit);
    }

    private void toggle(int cell, int digit) {
        rows[cell / 9] ^= 1 << digit;
        columns[cell % 9] ^= 1 << digit;
        boxes[box(cell)] ^= 1 << digit;
    }

    private void solve(int wanted, Random random) {
        int best = -1;
        int fewest = 10;
        for (int cell = 0; cell < 81; cell++) {
            int count = cells[cell] == 0 ? Integer.bitCount(candidates(cell)) : 10;
            if (count < fewest) {
                best = cell;
                fewest = count;
            }
        }
        if (best < 0) {
            if (solutions++ == 0) {
                firstSolution = cells.clone();
            }
            return;
        }
        int offset = random.nextInt(9);
        for (int i = 0; i < 9 && solutions < wanted; i++) {
            int digit = (i + offset) % 9 + 1;
            if ((candidates(best) & 1 << digit) != 0) {
                put(best, digit);
                solve(wanted, random);
                toggle(best, digit);
                cells[best] = 0;
            }
        }
    }

    private static void print(int[] cells) {
        StringBuilder text = new StringBuilder();
        for (int cell = 0; cell < 81; cell++) {
            text.append(cells[cell] == 0 ? "." : Integer.toString(cells[cell]));
            int column = cell % 9;
            text.append(column == 8 ? "\n" : column % 3 == 2 ? " | " : " ");
            if (cell == 26 || cell == 53) {
                text.append("------+-------+------\n");
            }
        }
        System.out.print(text);
    }
}
