// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Tells of one download as guix-daemon's own builder does (daemon, section 6.2). */
final class DownloadTelling implements EventSink {
    /** How long nothing is said of progress after something was, in nanoseconds; fast downloads have much of it. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Builtin.Context context;
    private final URI address;
    private boolean started;
    private long silentUntil = System.nanoTime();

    DownloadTelling(Builtin.Context context, URI address) {
        this.context = context;
        this.address = address;
    }

    /** What the output is called. */
    static String name(Builtin.Context context) {
        return context.telling().nameOf(context.derivation().outputPaths().getFirst());
    }

    /** The attempt begins. */
    void begin() throws IOException {
        context.telling().write("\nStarting download of " + name(context) + "\nFrom " + address + "...\n");
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.Progressed(_, long done, OptionalLong total)
                && System.nanoTime() - silentUntil >= 0) {
            silentUntil = System.nanoTime() + PAUSE;
            try {
                start(total);
                tell("progress", size(total) + " " + done);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The file is there. */
    void succeeded(long size) throws IOException {
        start(OptionalLong.of(size));
        tell("progress", size + " " + size);
        tell("succeeded", Long.toString(size));
        context.telling().write("\n");
    }

    private void start(OptionalLong total) throws IOException {
        if (!started) {
            started = true;
            tell("started", size(total));
        }
    }

    private static String size(OptionalLong total) {
        return total.isPresent() ? Long.toString(total.getAsLong()) : "-";
    }

    private void tell(String what, String numbers) throws IOException {
        context.telling().write("@ download-" + what + " " + name(context) + " " + address + " " + numbers + "\n");
    }
}
