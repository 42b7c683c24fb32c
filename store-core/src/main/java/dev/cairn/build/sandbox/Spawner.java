// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The process that starts builders: the system's perl with {@code spawn.pl}. There is one for all builds of this
 * process, started when it is first needed; it ends, and every builder with it, when this process does. Safe for use
 * by several threads.
 */
final class Spawner {
    private static final ReentrantLock GUARD = new ReentrantLock();
    private static @Nullable Spawner current;

    private final Process process;
    private final OutputStream requests;
    private final AtomicLong next = new AtomicLong(1);
    private final Map<String, Started> started = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> questions = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /** What is known of a process that was asked for. */
    private static final class Started {
        private final CompletableFuture<Long> pid = new CompletableFuture<>();
        private final CompletableFuture<ExitStatus> status = new CompletableFuture<>();
    }

    /**
     * A process that was started.
     *
     * @param id its name in requests
     * @param pid its number on this machine
     * @param status completed when it has ended
     */
    record Child(String id, long pid, CompletableFuture<ExitStatus> status) {}

    private Spawner(Process process) {
        this.process = process;
        this.requests = process.getOutputStream();
    }

    /** The running one, or a new one. */
    static Spawner get() throws IOException {
        GUARD.lock();
        try {
            Spawner running = current;
            if (running == null || running.ended) {
                running = begin();
                current = running;
            }
            return running;
        } finally {
            GUARD.unlock();
        }
    }

    private static Spawner begin() throws IOException {
        String program;
        try (InputStream in = Spawner.class.getResourceAsStream("/dev/cairn/build/spawn.pl")) {
            if (in == null) {
                throw new IllegalStateException("spawn.pl is not among the resources");
            }
            program = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/perl", "-e", program)
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Spawner spawner = new Spawner(builder.start());
        Thread.ofPlatform().daemon().name("ends of builders").start(spawner::listen);
        return spawner;
    }

    /**
     * Starts a process.
     *
     * @param flags of clone(2), without the signal
     * @throws IOException when that cannot be done, or there is no spawner any more
     */
    Child start(LogPipe log, int flags, Instructions instructions) throws IOException {
        String id = Long.toString(next.getAndIncrement());
        Started one = new Started();
        started.put(id, one);
        Instructions head = new Instructions().add("start", id, log.name()).add(flags);
        send(head.toByteArray(), instructions.toByteArray());
        return new Child(id, answer(one.pid), one.status);
    }

    /** Ends a process and all in its process group or namespace. */
    void kill(Child child) {
        try {
            send(new Instructions().add("kill", child.id()).toByteArray());
        } catch (IOException _) {
            // Nothing outlives the spawner.
        }
    }

    /** Ends every process of a user. */
    void killAllOf(int user) throws IOException {
        ask("killuser", Integer.toString(user), "killed");
    }

    /** The group's number and its members, each with their groups, as {@code spawn.pl} says; empty for no group. */
    String group(String name) throws IOException {
        return ask("group", name, "group");
    }

    private String ask(String request, String subject, String topic) throws IOException {
        CompletableFuture<String> question =
                questions.computeIfAbsent(topic + " " + subject, _ -> new CompletableFuture<>());
        send(new Instructions().add(request, subject).toByteArray());
        return answer(question);
    }

    private static <T> T answer(CompletableFuture<T> future) throws IOException {
        try {
            // Not to be interrupted: what was started must be known, so that it can be ended.
            return future.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private void send(byte[]... parts) throws IOException {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        synchronized (requests) {
            requests.write((length + "\n").getBytes(StandardCharsets.US_ASCII));
            for (byte[] part : parts) {
                requests.write(part);
            }
            requests.flush();
        }
        if (ended) {
            endAll();
        }
    }

    private void listen() {
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String line = answers.readLine();
            while (line != null) {
                take(line.split(" ", 3));
                line = answers.readLine();
            }
        } catch (IOException _) {
            // It is gone, which is what matters.
        } finally {
            ended = true;
            process.destroyForcibly();
            endAll();
        }
    }

    private void take(String[] words) {
        String subject = words.length > 1 ? words[1] : "";
        String rest = words.length > 2 ? words[2] : "";
        Started one = started.get(subject);
        switch (words[0]) {
            case "started" -> {
                if (one != null) {
                    one.pid.complete(Long.parseLong(rest));
                }
            }
            case "ended" -> {
                if (one != null) {
                    started.remove(subject);
                    one.status.complete(ExitStatus.ofWait(Integer.parseInt(rest)));
                }
            }
            case "failed" -> {
                if (one != null) {
                    started.remove(subject);
                    one.pid.completeExceptionally(new IOException(rest));
                }
            }
            default -> {
                CompletableFuture<String> question = questions.remove(words[0] + " " + subject);
                if (question != null) {
                    question.complete(rest);
                }
            }
        }
    }

    private void endAll() {
        IOException gone = new IOException("the process that starts builders has ended");
        started.forEach((id, one) -> {
            started.remove(id);
            one.pid.completeExceptionally(gone);
            one.status.complete(new ExitStatus(0, 9));
        });
        questions.forEach((topic, question) -> {
            questions.remove(topic);
            question.completeExceptionally(gone);
        });
    }
}
