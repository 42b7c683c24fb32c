// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.http.FetchException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A number of questions to one server, asked over a few lines side by side. Used once. */
final class Batch {
    /** Failures without any answer in between after which the rest is given up, for each attempt at a question. */
    private static final int FAILURES_IN_TURN = 4;

    /** Octets that all answers together may have, heads included, and how many more for each question. */
    private static final long ALL_TOGETHER = 16 << 20;

    private static final long FOR_EACH = 8 << 10;

    /** Opens lines, and takes back those that may serve again. */
    interface Lines {
        Line take() throws IOException;

        void giveBack(Line line);
    }

    private final Lines lines;
    private final int limit;
    private final Trouble trouble;
    private final Map<URI, BatchReply> replies = new ConcurrentHashMap<>();
    private final Set<Line> busy = ConcurrentHashMap.newKeySet();
    private final Map<URI, Integer> failures = new HashMap<>();
    private final Deque<URI> questions;
    private int depth;
    private long room;
    private int failuresInTurn;
    private Optional<FetchException> problem = Optional.empty();
    private boolean stopped;

    /**
     * @param depth how many questions a line takes at once at most
     * @param limit octets that an answer may have
     * @param trouble says what goes wrong
     */
    Batch(Lines lines, Collection<URI> questions, int depth, int limit, Trouble trouble) {
        this.lines = lines;
        this.questions = new ArrayDeque<>(questions);
        this.depth = depth;
        this.room = ALL_TOGETHER + questions.size() * FOR_EACH;
        this.limit = limit;
        this.trouble = trouble;
    }

    /**
     * Asks.
     *
     * @param width lines at once
     * @param end when what has not been answered is given up, as {@link System#nanoTime} tells it
     * @param time that there was for all, to be told
     */
    void run(int width, long end, Duration time) throws InterruptedIOException {
        URI first = questions.getFirst();
        if (end - System.nanoTime() <= 0) {
            stop(tooLate(first, time));
            return;
        }
        CountDownLatch running = new CountDownLatch(width);
        for (int i = 0; i < width; i++) {
            Thread.ofVirtual().name("questions").start(() -> {
                try {
                    work();
                } finally {
                    running.countDown();
                }
            });
        }
        try {
            if (!running.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                stop(tooLate(first, time));
            }
        } catch (InterruptedException _) {
            stop(new FetchException(first, Kind.BROKEN, "interrupted"));
            throw Transfer.interrupted();
        }
    }

    private static FetchException tooLate(URI question, Duration time) {
        return new FetchException(question, Kind.BROKEN, "not all is answered after " + time.toSeconds() + " s");
    }

    /** The answers that came. */
    Map<URI, BatchReply> replies() {
        return Map.copyOf(replies);
    }

    /** Why some did not, if some did not. */
    synchronized Optional<FetchException> problem() {
        return problem;
    }

    private void work() {
        boolean goesOn = true;
        for (List<URI> part = next(); goesOn && !part.isEmpty(); part = goesOn ? next() : part) {
            goesOn = ask(new ArrayDeque<>(part));
        }
    }

    private synchronized List<URI> next() {
        List<URI> part = new ArrayList<>();
        while (!stopped && part.size() < depth && !questions.isEmpty()) {
            part.add(questions.removeFirst());
        }
        return part;
    }

    /**
     * Asks some questions; those that are not answered will be asked again.
     *
     * @return whether to go on
     */
    private boolean ask(Deque<URI> part) {
        Line line;
        try {
            line = lines.take();
        } catch (IOException e) {
            unreachable(part, e);
            return false;
        }
        boolean wasUsed = line.wasUsed();
        int size = part.size();
        try {
            start(line);
            converse(line, part);
            busy.remove(line);
            if (line.isReusable()) {
                lines.giveBack(line);
            } else {
                line.close();
            }
        } catch (IOException e) {
            busy.remove(line);
            line.close();
            // A line that was kept may have been closed at the other end meanwhile.
            if (!wasUsed || part.size() < size) {
                failed(part.getFirst(), e, part.size() < size);
            }
        }
        putBack(part);
        return true;
    }

    private void start(Line line) throws IOException {
        busy.add(line);
        synchronized (this) {
            if (stopped) {
                throw new IOException("given up");
            }
        }
    }

    private void converse(Line line, Deque<URI> part) throws IOException {
        line.ask(List.copyOf(part));
        while (!part.isEmpty() && line.isReusable()) {
            BatchReply reply = line.read(part.getFirst(), limit);
            replies.put(part.removeFirst(), reply);
            answered(reply);
        }
    }

    private synchronized void answered(BatchReply reply) {
        failuresInTurn = 0;
        room -= reply.size();
        if (room < 0 && !stopped) {
            stop(new FetchException(reply.address(), Kind.TOO_LARGE, "it sends much more than it was asked for"));
        }
    }

    private synchronized void unreachable(Deque<URI> part, IOException cause) {
        if (!stopped) {
            problem = Optional.of(trouble.of(part.getFirst(), cause, false));
            putBack(part);
        }
    }

    /** The answer to {@code question} did not come. @param progress whether others did, to what was asked with it */
    private synchronized void failed(URI question, IOException cause, boolean progress) {
        if (stopped) {
            return;
        }
        FetchException failure = trouble.of(question, cause, true);
        if (cause instanceof SocketTimeoutException || cause instanceof SSLException) {
            stop(failure);
            return;
        }
        problem = Optional.of(failure);
        if (progress) {
            // Perhaps it ends connections without a word; this question will be the first next time.
            return;
        }
        failures.merge(question, 1, Integer::sum);
        failuresInTurn++;
        // Perhaps it takes one question at a time.
        depth = 1;
        if (failuresInTurn >= FAILURES_IN_TURN * trouble.patience().attempts()) {
            stop(failure);
        }
    }

    private synchronized void putBack(Deque<URI> unanswered) {
        for (URI question : unanswered) {
            int count = failures.getOrDefault(question, 0);
            if (count == 0) {
                questions.addFirst(question);
            } else if (count < trouble.patience().attempts()) {
                questions.addLast(question);
            }
        }
    }

    private synchronized void stop(FetchException reason) {
        stopped = true;
        problem = Optional.of(reason);
        busy.forEach(Line::close);
    }
}
