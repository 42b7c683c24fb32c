// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Sessions;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client from the greeting (daemon, section 2) to the end of its connection. */
final class Service implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final long LARGEST_INT = 0xffff_ffffL;

    /** Older clients of Nix are not understood, by its own daemon neither. */
    private static final int OLDEST_NIX = 10;

    /** From this minor version on, Nix's dialect tells the version of the program. */
    private static final int NAMES_VERSION = 33;

    private final Connection connection;
    private final ServerSetup setup;
    private final Sessions sessions;
    private final Journal journal;
    private ProtocolVersion version;

    Service(Connection connection, ServerSetup setup, Sessions sessions, Journal journal) {
        this.connection = connection;
        this.setup = setup;
        this.sessions = sessions;
        this.journal = journal;
        this.version = setup.dialect().version();
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (WireException e) {
            sayWhy(e.getMessage());
        } catch (DaemonException e) {
            sayWhy(e.wireMessage());
        } catch (IOException e) {
            LOG.debug("The connection of {} ended", connection.peer().description(), e);
        } catch (RuntimeException e) {
            LOG.error("A request of {} met a defect", connection.peer().description(), e);
            journal.note("a request of " + connection.peer().description() + " met a defect: " + e);
            sayWhy("unexpected failure of the daemon: " + e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // Only this client's request was too much; others go on.
            journal.note("ending the connection of " + connection.peer().description() + ": " + e);
        } finally {
            connection.input().beginRequest();
            connection.sever();
        }
    }

    private void serve() throws IOException, DaemonException {
        if (!exchangeVersions()) {
            return;
        }
        Client client = connection.peer().client();
        try (Daemon daemon = sessions.open(client)) {
            Conversation conversation = new Conversation(connection, setup, daemon, version);
            Protocol protocol =
                    switch (setup.dialect()) {
                        case GUIX -> new GuixProtocol(conversation);
                        case NIX -> new NixProtocol(conversation, daemon.storeDirectory());
                    };
            welcome(conversation, client);
            while (connection.awaitRequest()) {
                protocol.answer(operation());
            }
        }
    }

    /** @return false when the other end is no client */
    private boolean exchangeVersions() throws IOException {
        WireReader in = connection.reader();
        if (in.readLong() != Handshake.CLIENT_MAGIC) {
            journal.note("protocol mismatch: " + connection.peer().description() + " is no client");
            return false;
        }
        WireWriter out = connection.writer();
        out.writeInt(Handshake.SERVER_MAGIC);
        out.writeInt(setup.dialect().version().number());
        out.flush();
        settle(new ProtocolVersion(in.readInt()));
        if (version.atLeast(14) && in.readBool()) {
            // The processor that the client would like to share.
            in.readInt();
        }
        if (version.atLeast(11)) {
            // Whether space is to be kept for collections on a full disk, which it always is.
            in.readInt();
        }
        return true;
    }

    /** Decides by which version things are sent: the client's, and in Nix's dialect the older of both. */
    private void settle(ProtocolVersion client) throws WireException {
        if (setup.dialect() == Dialect.GUIX) {
            version = client;
            return;
        }
        if (Dialect.of(client) != Dialect.NIX) {
            version = client;
            throw new WireException("this daemon speaks Nix's dialect of the protocol, not Guix's");
        }
        version = client.compareTo(setup.dialect().version()) < 0 ? client : setup.dialect().version();
        if (!version.atLeast(OLDEST_NIX)) {
            throw new WireException("the Nix client version is too old");
        }
    }

    /** Ends the greeting; at most one text may stand in it. */
    private void welcome(Conversation conversation, Client client) throws IOException {
        Optional<String> problem = client.user().isPresent() ? makeFolder(client.user().get()) : Optional.empty();
        if (setup.dialect() == Dialect.NIX && version.atLeast(NAMES_VERSION)) {
            conversation.send(out -> out.writeText(setup.version()));
        }
        if (problem.isPresent()) {
            conversation.tell(problem.get());
        }
        conversation.send(out -> out.writeMessage(Message.LAST));
    }

    private Optional<String> makeFolder(String user) throws WireException {
        try {
            return new UserFolders(setup.userProfiles()).make(user, true);
        } catch (IOException e) {
            throw new WireException(DaemonException.of("making the profile folder of " + user, e).getMessage());
        }
    }

    private Operation operation() throws IOException {
        long number = connection.reader().readLong();
        if (number < 0 || number > LARGEST_INT) {
            throw new IOException("no number of an operation: " + number);
        }
        return Operation.of(setup.dialect(), number)
                .orElseThrow(() -> new WireException("invalid operation " + number));
    }

    /** Tells a client why its connection ends. */
    private void sayWhy(String reason) {
        try {
            connection.outbox().hold();
            WireWriter out = connection.writer();
            out.writeMessage(Message.ERROR);
            // Who came to the wrong door is told so in his own dialect.
            Dialect dialect = setup.dialect() == Dialect.NIX ? Dialect.of(version) : setup.dialect();
            new ErrorReport(reason, 1).write(out, dialect, version);
            out.flush();
            connection.hangUp();
        } catch (IOException e) {
            LOG.debug("{} went before it could be told: {}", connection.peer().description(), reason, e);
        }
    }
}
