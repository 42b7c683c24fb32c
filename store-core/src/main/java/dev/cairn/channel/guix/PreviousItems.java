// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The outputs of an earlier revision, and which of them a service lists again of another commit. Those that it does not
 * list as they were are kept by themselves, so that only these take room. For one thread.
 */
final class PreviousItems {
    /** Octets of an item's name that it is found by: those of its hash. */
    private static final int HASHED = 32;

    /** Not to be guessed, lest a service chooses names that all fall together. */
    private final int factor = ThreadLocalRandom.current().nextInt() | 1;

    private final ItemTable table;
    /** Of lines; one more than there are. */
    private final int[] starts;
    /** In what place the service listed a line again, from 1 on; 0 for those that it did not. */
    private final int[] listed;
    /** Lines by what their items begin with, plus 1; 0 where there is none. */
    private final int[] slots;

    private final Map<String, List<Listed>> fresh = new HashMap<>();
    private int place;

    /** An output and in what place it was listed. */
    private record Listed(int place, ListedOutput output) {}

    PreviousItems(ItemTable table) {
        this.table = table;
        this.starts = table.starts();
        this.listed = new int[starts.length - 1];
        this.slots = new int[Math.max(2, Integer.highestOneBit(listed.length + 1) << 2)];
        for (int line = 0; line < listed.length; line++) {
            int item = item(line);
            if (starts[line + 1] - item > HASHED) {
                int slot = slot(hash(item));
                while (slots[slot] != 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = line + 1;
            }
        }
    }

    /** Where the item of a line begins: after the third tab. */
    private int item(int line) {
        int tabs = 0;
        int position = starts[line];
        while (tabs < 3 && position < starts[line + 1] - 1) {
            if (table.at(position++) == '\t') {
                tabs++;
            }
        }
        return position;
    }

    private int hash(int item) {
        int hash = 0;
        for (int i = 0; i < HASHED; i++) {
            hash = factor * hash + table.at(item + i);
        }
        return hash;
    }

    private int hash(String item) {
        int hash = 0;
        for (int i = 0; i < HASHED; i++) {
            hash = factor * hash + item.charAt(i);
        }
        return hash;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & slots.length - 1;
    }

    /** Takes an output of the other commit, in the order of the service. */
    void take(ListedOutput output) {
        place++;
        String item = output.path().baseName();
        for (int slot = slot(hash(item)); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int line = slots[slot] - 1;
            if (listed[line] == 0 && isSame(line, output, item)) {
                listed[line] = place;
                return;
            }
        }
        fresh.computeIfAbsent(output.name(), _ -> new ArrayList<>(1)).add(new Listed(place, output));
    }

    private boolean isSame(int line, ListedOutput output, String item) {
        return isOf(line, output.name(), output.version()) && table.hasField(item(line), item);
    }

    private boolean isOf(int line, String name, String version) {
        return table.hasField(starts[line], name) && table.hasField(starts[line] + name.length() + 1, version);
    }

    /** Names of packages, each once, by their octets. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        String last = "";
        for (int line = 0; line < listed.length; line++) {
            if (last.isEmpty() || !table.hasField(starts[line], last)) {
                last = table.name(starts[line]);
                names.add(last);
            }
        }
        return names;
    }

    /** How many packages of a name there were. */
    int versions(String name) throws FormatException {
        return (int) table.of(name).stream().map(ItemTable.Item::version).distinct().count();
    }

    /** How many lines there are. */
    int lines() {
        return listed.length;
    }

    /** The line after those of a package. @param line where they begin, if there are any */
    int after(int line, String name, String version) {
        int after = line;
        while (after < listed.length && isOf(after, name, version)) {
            after++;
        }
        return after;
    }

    /** The line after those of a name. @param line where they begin, if there are any */
    int after(int line, String name) {
        int after = line;
        while (after < listed.length && table.hasField(starts[after], name)) {
            after++;
        }
        return after;
    }

    /** Whether a package that has these lines has just these outputs again. */
    boolean isAsBefore(int from, int to, String name, String version) {
        boolean none = to == from + 1 && table.at(item(from)) == '\t';
        for (int line = from, last = 0; line < to && !none; last = listed[line++]) {
            if (listed[line] <= last) {
                return false;
            }
        }
        return fresh.getOrDefault(name, List.of()).stream()
                .noneMatch(one -> one.output().version().equals(version));
    }

    /** Lines as they were. */
    ByteBuffer octets(int from, int to) {
        return table.octets(starts[from], starts[to]);
    }

    /** All outputs that a package has now, in the order of the service. @param from where lines of its name begin */
    List<ListedOutput> outputs(int from, int to, String name, String version) throws FormatException {
        List<Listed> outputs = new ArrayList<>();
        for (int line = from; line < to; line++) {
            if (listed[line] > 0 && isOf(line, name, version)) {
                int at = listed[line];
                table.item(starts[line])
                        .path()
                        .ifPresent(path -> outputs.add(new Listed(at, new ListedOutput(name, version, path))));
            }
        }
        for (Listed one : fresh.getOrDefault(name, List.of())) {
            if (one.output().version().equals(version)) {
                outputs.add(one);
            }
        }
        outputs.sort(Comparator.comparingInt(Listed::place));
        return outputs.stream().map(Listed::output).toList();
    }
}
