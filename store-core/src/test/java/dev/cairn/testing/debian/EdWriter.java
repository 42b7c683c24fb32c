// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import java.util.List;

/** Writes changes of texts as scripts for ed: one command for all that lies between what is equal at both ends. */
final class EdWriter {
    private EdWriter() {}

    static String script(String from, String to) {
        List<String> old = from.lines().toList();
        List<String> now = to.lines().toList();
        int start = 0;
        while (start < Math.min(old.size(), now.size()) && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        int last = old.size() - end;
        String added = String.join("", now.subList(start, now.size() - end).stream().map(line -> line + "\n").toList());
        if (last == start) {
            return added.isEmpty() ? "" : start + "a\n" + added + ".\n";
        }
        String range = (start + 1) + "," + last;
        return added.isEmpty() ? range + "d\n" : range + "c\n" + added + ".\n";
    }
}
