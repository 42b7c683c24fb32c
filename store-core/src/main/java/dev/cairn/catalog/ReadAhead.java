// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.packages.DefinitionProblem;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads a source on a thread of its own, some hundred packages ahead of what is written down. */
final class ReadAhead implements ContentsSink {
    private static final int BATCH = 128;
    private static final int BATCHES = 8;

    private final BlockingQueue<List<Item>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final MessageDigest digest = PackageRows.newDigest();
    private List<Item> batch = new ArrayList<>(BATCH);

    private sealed interface Item {
        record Row(PackageRows rows) implements Item {}

        record Problem(DefinitionProblem problem) implements Item {}

        /** Nothing comes after it; the last one to come whatever happens. */
        record End(Optional<Throwable> failure) implements Item {}
    }

    /** The thread that reads was interrupted while it waited for the one that writes. */
    private static final class Abandoned extends RuntimeException {}

    private ReadAhead() {}

    /**
     * Writes down all that a source offers. An interrupt is passed on to the source.
     *
     * @throws CairnException what the source throws
     */
    static void run(CatalogSource source, EventSink events, ChannelUpdate update) throws CairnException {
        ReadAhead ahead = new ReadAhead();
        Thread reader = Thread.ofVirtual().name("reading " + source.name()).start(() -> ahead.read(source, events));
        Optional<Throwable> failure = ahead.write(update, reader);
        if (failure.isPresent()) {
            switch (failure.get()) {
                case CairnException e -> throw e;
                case Abandoned _ -> throw new CatalogException.Unusable(
                        "reading the channel '" + source.name() + "' was interrupted", Optional.empty(), failure);
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(failure.get());
            }
        }
    }

    /** Takes everything up to the end, so that the reader is never left waiting. @return why it ended early */
    private Optional<Throwable> write(ChannelUpdate update, Thread reader) {
        Optional<Throwable> failure = Optional.empty();
        boolean interrupted = false;
        boolean more = true;
        while (more) {
            try {
                for (Item item : queue.take()) {
                    if (item instanceof Item.End(Optional<Throwable> reason)) {
                        failure = failure.or(() -> reason);
                        more = false;
                    } else if (failure.isEmpty()) {
                        write(item, update);
                    }
                }
            } catch (InterruptedException _) {
                interrupted = true;
                reader.interrupt();
            } catch (ChannelUpdate.Failed e) {
                failure = Optional.of(e);
                reader.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    private static void write(Item item, ChannelUpdate update) {
        switch (item) {
            case Item.Row(PackageRows rows) -> update.add(rows);
            case Item.Problem(DefinitionProblem problem) -> update.problem(problem);
            case Item.End _ -> {}
        }
    }

    private void read(CatalogSource source, EventSink events) {
        Optional<Throwable> failure = Optional.empty();
        try {
            source.read(this, events);
        } catch (CairnException | RuntimeException | Error e) {
            failure = Optional.of(e);
        }
        batch.add(new Item.End(failure));
        boolean sent = false;
        while (!sent) {
            try {
                queue.put(batch);
                sent = true;
            } catch (InterruptedException _) {
                // The writer takes all there is: this is not for long.
                continue;
            }
        }
    }

    @Override
    public void add(CatalogPackage row) {
        add(new Item.Row(PackageRows.of(row, digest)));
    }

    @Override
    public void problem(DefinitionProblem problem) {
        add(new Item.Problem(problem));
    }

    private void add(Item item) {
        batch.add(item);
        if (batch.size() == BATCH) {
            try {
                queue.put(batch);
            } catch (InterruptedException _) {
                throw new Abandoned();
            }
            batch = new ArrayList<>(BATCH);
        }
    }
}
