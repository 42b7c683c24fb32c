// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** The sliding tiles game, played by lines of letters so that it works on any terminal and in a pipe. */
public final class Twenty48 {
    private final int size;
    private final Random random;
    private int[][] board;
    private long score;

    private Twenty48(int size, long seed) {
        this.size = size;
        this.random = new Random(seed);
        this.board = new int[size][size];
    }

    public static void main(String[] arguments) throws IOException {
        Twenty48 game = new Twenty48(Integer.parseInt(arguments[1]), Long.parseLong(arguments[0]));
        System.out.println("game " + arguments[0]);
        game.play(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private void play(BufferedReader input) throws IOException {
        addTile();
        addTile();
        boolean won = false;
        while (true) {
            print();
            if (!won && highest() >= 2048) {
                won = true;
                System.out.println("2048! You may go on.");
            }
            if (!canMove()) {
                System.out.println("No move is left.");
                return;
            }
            System.out.print("w a s d, q: ");
            System.out.flush();
            String line = input.readLine();
            if (line == null) {
                System.out.println();
                return;
            }
            for (char key : line.strip().toLowerCase().toCharArray()) {
                if (key == 'q') {
                    return;
                }
                int turns = "awds".indexOf(key);
                if (turns >= 0 && slide(turns)) {
                    addTile();
                }
            }
        }
    }

    private int highest() {
        return Arrays.stream(board).flatMapToInt(Arrays::stream).max().orElse(0);
    }

    private void addTile() {
        int free = (int) Arrays.stream(board).flatMapToInt(Arrays::stream).filter(v -> v == 0).count();
        int chosen = random.nextInt(free);
        for (int[] row : board) {
            for (int x = 0; x < size; x++) {
                if (row[x] == 0 && chosen-- == 0) {
                    row[x] = random.nextInt(10) == 0 ? 4 : 2;
                    return;
                }
            }
        }
    }

    /** Turns the board until the direction is left, slides, and turns it on to where it was. */
    private boolean slide(int turns) {
        int[][] before = board;
        for (int i = 0; i < turns; i++) {
            turn();
        }
        int[][] slid = new int[size][];
        for (int y = 0; y < size; y++) {
            slid[y] = slideLeft(board[y]);
        }
        board = slid;
        for (int i = turns; i < 4; i++) {
            turn();
        }
        return !Arrays.deepEquals(before, board);
    }

    private void turn() {
        int[][] turned = new int[size][size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                turned[size - 1 - x][y] = board[y][x];
            }
        }
        board = turned;
    }

    private int[] slideLeft(int[] row) {
        int[] result = new int[size];
        int at = 0;
        for (int value : row) {
            if (value == 0) {
                continue;
            }
            if (result[at] == value) {
                result[at++] *= 2;
                score += 2L * value;
            } else {
                if (result[at] != 0) {
                    at++;
                }
                result[at] = value;
            }
        }
        return result;
    }

    private boolean canMove() {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (board[y][x] == 0 || x > 0 && board[y][x] == board[y][x - 1] || y > 0 && board[y][x] == board[y - 1][x]) {
                    return true;
                }
            }
        }
        return false;
    }

    private void print() {
        System.out.println();
        for (int[] row : board) {
            StringBuilder line = new StringBuilder();
            for (int value : row) {
                line.append(String.format("%6s", value == 0 ? "." : Integer.toString(value)));
            }
            System.out.println(line);
        }
        System.out.println("score " + score);
    }
}
