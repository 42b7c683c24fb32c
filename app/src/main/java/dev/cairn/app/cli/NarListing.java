// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.nar.NarSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Prints what an archive holds, a line a file. */
final class NarListing implements NarSink {
    private final Output out;
    private final Deque<String> directories = new ArrayDeque<>();
    private String name = "";

    NarListing(Output out) {
        this.out = out;
    }

    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        out.line(String.format(Locale.ROOT, "%s %-60s %10d B", executable ? "x" : "r", Printable.line(name), size));
    }

    @Override
    public void symlink(String target) throws IOException {
        out.line("S " + Printable.line(name) + " -> " + Printable.line(target));
    }

    @Override
    public void directoryStart() throws IOException {
        out.line("D " + Printable.line(name));
        directories.push(name);
    }

    @Override
    public void entry(String entry) {
        name = directories.element() + "/" + entry;
    }

    @Override
    public void directoryEnd() {
        directories.pop();
    }
}
