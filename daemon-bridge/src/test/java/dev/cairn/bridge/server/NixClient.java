// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.FramedOutput;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of Nix's of some version, that says what it is told to say. */
final class NixClient implements AutoCloseable {
    private final RawClient line;
    private final ProtocolVersion version;

    /** The texts and activities that came while the server worked last. */
    final List<String> texts = new ArrayList<>();

    final List<Activity> activities = new ArrayList<>();

    /** What the server calls its version, to clients that are told. */
    String program = "";

    private NixClient(RawClient line, ProtocolVersion version) {
        this.line = line;
        this.version = version.minor() < 34 ? version : Dialect.NIX.version();
    }

    /** Connects and introduces itself. */
    static NixClient greet(TestServer server, int minor) throws IOException {
        NixClient client = new NixClient(server.connect(), new ProtocolVersion(0x100 + minor));
        client.out().writeInt(Handshake.CLIENT_MAGIC);
        // Newer clients do not wait for the answer.
        client.out().writeInt(0x100 + minor);
        client.out().flush();
        client.in().readInt();
        client.in().readInt();
        if (minor >= 14) {
            client.out().writeInt(0);
        }
        if (minor >= 11) {
            client.out().writeInt(0);
        }
        client.out().flush();
        if (minor >= 33) {
            client.program = client.in().readText(100);
        }
        client.awaitLast();
        return client;
    }

    WireWriter out() {
        return line.out;
    }

    WireReader in() {
        return line.in;
    }

    /** Begins a request. */
    WireWriter request(int operation) throws IOException {
        out().writeInt(operation);
        return out();
    }

    /** Ends a request by data in frames. */
    NixClient frames(byte[] data) throws IOException {
        try (FramedOutput frames = new FramedOutput(out())) {
            frames.write(data);
        }
        return this;
    }

    /** Sends what was written, and reads up to where the reply begins. */
    WireReader reply() throws IOException {
        out().flush();
        return awaitLast();
    }

    /** @throws RawClient.Failure when there is no reply */
    private WireReader awaitLast() throws IOException {
        texts.clear();
        activities.clear();
        while (true) {
            switch (Message.of(in().readInt())) {
                case NEXT -> texts.add(in().readText(1 << 20));
                case START_ACTIVITY -> activities.add(Activity.readStarted(in()));
                case STOP_ACTIVITY -> activities.add(Activity.readStopped(in()));
                case RESULT -> activities.add(Activity.readTold(in()));
                case LAST -> {
                    return in();
                }
                case ERROR -> throw new RawClient.Failure(ErrorReport.read(in(), Dialect.NIX, version));
                case READ, WRITE -> throw new AssertionError("unexpected");
            }
        }
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
