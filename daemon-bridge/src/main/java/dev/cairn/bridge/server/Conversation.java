// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes back and forth with one client, whatever the dialect: requests are read, worked on, and answered by texts
 * and a reply, or by texts and the reason why there is none (daemon, section 3). For the thread of the connection.
 */
final class Conversation {
    /** What is done for a request, while the client waits. */
    @FunctionalInterface
    interface Work<T> {
        T run(Daemon daemon, EventSink events) throws DaemonException, IOException;
    }

    /** Writes the reply to a request. */
    @FunctionalInterface
    interface Reply<T> {
        void write(WireWriter out, T result) throws IOException;
    }

    /** A reply that says nothing but that it was done. */
    static final Reply<Object> DONE = (out, _) -> out.writeInt(1);

    /** A reply without anything in it. */
    static final Reply<Object> SILENT = (_, _) -> {};

    /** Items that one request may name; there are not so many in any store. */
    private static final int MOST_ITEMS = 1_000_000;

    private final Connection connection;
    private final ServerSetup setup;
    private final Daemon daemon;
    private final ProtocolVersion version;
    private SessionOptions options;

    /** @param version the one that decides what is sent and expected */
    Conversation(Connection connection, ServerSetup setup, Daemon daemon, ProtocolVersion version) {
        this.connection = connection;
        this.setup = setup;
        this.daemon = daemon;
        this.version = version;
        this.options = SessionOptions.initial(setup);
    }

    WireReader in() {
        return connection.reader();
    }

    Peer peer() {
        return connection.peer();
    }

    ServerSetup setup() {
        return setup;
    }

    Dialect dialect() {
        return setup.dialect();
    }

    ProtocolVersion version() {
        return version;
    }

    SessionOptions options() {
        return options;
    }

    void setOptions(SessionOptions changed) {
        options = changed;
    }

    /** Reads the name of an item. */
    ItemName item() throws IOException {
        return ItemName.of(daemon.storeDirectory(), in().readStoreName(daemon.storeDirectory()));
    }

    /** Reads a list of names of items. */
    List<ItemName> items() throws IOException {
        int count = in().readCount(MOST_ITEMS);
        List<ItemName> items = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            items.add(item());
        }
        return items;
    }

    /** The request was read: does what it asks for, and answers. */
    <T> void answer(Work<T> work, Reply<? super T> reply) throws IOException {
        answer(false, work, reply);
    }

    /** The same, where the client sends more while the work goes on. */
    <T> void answerStream(Work<T> work, Reply<? super T> reply) throws IOException {
        answer(true, work, reply);
    }

    private <T> void answer(boolean streaming, Work<T> work, Reply<? super T> reply) throws IOException {
        T result;
        try {
            connection.beginWork(streaming);
            try {
                result = work.run(daemon, relay());
            } finally {
                connection.endWork();
            }
        } catch (DaemonException e) {
            connection.requireClient();
            fail(report(e));
            return;
        }
        connection.requireClient();
        send(out -> {
            out.writeMessage(Message.LAST);
            reply.write(out, result);
        });
    }

    private EventSink relay() {
        return switch (setup.dialect()) {
            case GUIX -> new EventRelay(options.log(), connection.outbox());
            case NIX -> new NixRelay(options.log(), connection.outbox(), version);
        };
    }

    private ErrorReport report(DaemonException e) {
        return switch (setup.dialect()) {
            case GUIX -> new ErrorReport(e.wireMessage(), e.wireStatus());
            case NIX -> new ErrorReport(NixFailures.text(e), e.wireStatus());
        };
    }

    /** Tells why a request has no reply. */
    void fail(ErrorReport report) throws IOException {
        send(out -> {
            out.writeMessage(Message.ERROR);
            report.write(out, setup.dialect(), version);
        });
    }

    /** Something to be sent at a time. */
    @FunctionalInterface
    interface Sending {
        void to(WireWriter out) throws IOException;
    }

    /** Sends something after all texts there are. */
    void send(Sending sending) throws IOException {
        connection.outbox().hold();
        try {
            sending.to(connection.writer());
            connection.writer().flush();
        } finally {
            connection.outbox().release();
        }
    }

    /** Sends a text outside of work. */
    void tell(String text) throws IOException {
        send(out -> {
            out.writeMessage(Message.NEXT);
            out.writeText(text + "\n");
        });
    }

    /** What is written to it goes to the client as data; to be closed so that the last of it is sent. */
    OutputStream data() {
        return new DataOutput(this);
    }

    /** Asks the client for data as it is read. */
    DataInput askedFor() {
        return new DataInput(this);
    }

    /** The request itself, as far as it is a stream. */
    InputStream rest() {
        return connection.input();
    }
}
