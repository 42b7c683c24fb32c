// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that wants a password before it connects anybody, and then connects nobody. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String wanted;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();

    /** @param login {@code NAME:PASSWORD} */
    ConnectProxy(String login) throws IOException {
        wanted = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        Thread.ofVirtual().start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** {@code HOST:PORT} of those who knew the password. */
    List<String> tunnels() {
        return List.copyOf(tunnels);
    }

    private void run() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            }
        } catch (IOException _) {
            // Closed: the test is over.
            return;
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String asked = in.readLine();
            while (asked != null) {
                boolean known = false;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    known |= line.equalsIgnoreCase(wanted);
                }
                String answer = known
                        ? "HTTP/1.1 200 Connected\r\n\r\n"
                        : "HTTP/1.1 407 Who is it?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";
                if (known) {
                    tunnels.add(asked.split(" ")[1]);
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                if (known) {
                    return;
                }
                asked = in.readLine();
            }
        } catch (IOException _) {
            // The other side hung up.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
