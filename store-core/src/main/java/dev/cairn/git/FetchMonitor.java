// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Watches a fetch: tells how far it is, and ends it when it is interrupted or brings too much. */
final class FetchMonitor implements ProgressMonitor {
    private static final int LOOK_EVERY = 512;

    private final Path copy;
    private final GitCache.Limits limits;
    private final GitCache.Progress progress;
    private volatile String excess = "";
    private volatile boolean interrupted;
    private String step = "";
    private int total;
    private int done;
    private int updates;

    FetchMonitor(Path copy, GitCache.Limits limits, GitCache.Progress progress) {
        this.copy = copy;
        this.limits = limits;
        this.progress = progress;
    }

    @Override
    public void start(int totalTasks) {
        // Nobody wants to know how many steps there are.
    }

    @Override
    public void beginTask(String title, int totalWork) {
        step = title;
        total = totalWork == UNKNOWN ? 0 : totalWork;
        done = 0;
        if (title.equals(JGitText.get().receivingObjects) && total > limits.objects()) {
            excess = "it has more than " + limits.objects() + " objects";
        }
        progress.progressed(step, 0, total);
    }

    @Override
    public void update(int completed) {
        done += completed;
        if (++updates % LOOK_EVERY == 0) {
            look();
            progress.progressed(step, done, total);
        }
    }

    private void look() {
        try (Stream<Path> files = Files.walk(copy.resolve("objects"), 2)) {
            long octets = files.mapToLong(FetchMonitor::size).sum();
            if (octets > limits.octets()) {
                excess = "it is larger than " + limits.octets() + " octets";
            }
        } catch (IOException | UncheckedIOException _) {
            // Files come and go; the next look will tell.
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public void endTask() {
        progress.progressed(step, done, total);
    }

    /** Ends the fetch, as an interrupt of its thread does. */
    void interrupt() {
        interrupted = true;
    }

    @Override
    public boolean isCancelled() {
        // Remembered, because streams of the library make an end of it.
        interrupted |= Thread.currentThread().isInterrupted();
        return interrupted || !excess.isEmpty();
    }

    @Override
    public void showDuration(boolean enabled) {
        // Nobody wants to know how long it took.
    }

    /** Says why it was ended, if it was. */
    void check(String url) throws GitException, InterruptedIOException {
        if (!excess.isEmpty()) {
            throw new GitException.TooLarge(url, excess);
        }
        if (interrupted || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
