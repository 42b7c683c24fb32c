// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import dev.cairn.error.CairnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client. */
final class WebConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WebConnection.class);
    private static final int BUFFER_SIZE = 4 * 1024;

    /** Octets that a client may still send while it is told what was wrong. */
    private static final int REST = 256 * 1024;

    private final SocketChannel channel;
    private final WebHandler handler;
    private final Stopwatch stopwatch;
    private final ClientOutput out;
    private final InputStream in;
    private volatile boolean last;

    WebConnection(SocketChannel channel, WebHandler handler, WebLimits limits) {
        this.channel = channel;
        this.handler = handler;
        this.stopwatch = new Stopwatch(limits);
        this.out = new ClientOutput(channel, stopwatch);
        this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_SIZE);
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (BadRequest e) {
            refuse(e);
        } catch (IOException e) {
            LOG.debug("A connection ended", e);
        } catch (CairnException e) {
            LOG.warn("An answer could not be completed: {}", e.getMessage());
            breakOff();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.error("A request met a defect", e);
            breakOff();
        } finally {
            sever();
        }
    }

    private void serve() throws BadRequest, CairnException, IOException {
        RequestReader reader = new RequestReader(in, () -> stopwatch.enter(Stopwatch.Phase.READING));
        boolean stays = true;
        while (stays && !last) {
            Optional<WebRequest> request = reader.next();
            if (request.isEmpty()) {
                return;
            }
            stopwatch.enter(Stopwatch.Phase.WORKING);
            stays = answer(request.get());
            stopwatch.enter(Stopwatch.Phase.IDLE);
        }
        drain();
    }

    private boolean answer(WebRequest request) throws CairnException, IOException {
        WebResponse response = handler.answer(request);
        try (Body _ = response.body()) {
            Answer answer = Answer.of(request, response, request.wantsToStay() && !request.hasBody() && !last);
            try {
                answer.sendTo(out);
            } catch (IOException e) {
                breakOff();
                throw e;
            }
            return answer.stays();
        }
    }

    private void refuse(BadRequest problem) {
        WebRequest none = new WebRequest("GET", "/", Map.of(), true);
        WebResponse response = WebResponse.of(
                problem.status(), "text/plain;charset=utf-8", Body.Octets.text(problem.getMessage() + "\n"));
        try {
            Answer.of(none, response, false).sendTo(out);
            drain();
        } catch (CairnException | IOException e) {
            LOG.debug("A client went before it could be told: {}", problem.getMessage(), e);
        }
    }

    /** Says that nothing more comes and waits for the client to see it: closing at once could take away the answer. */
    private void drain() throws IOException {
        stopwatch.enter(Stopwatch.Phase.ENDING);
        channel.shutdownOutput();
        byte[] octets = new byte[BUFFER_SIZE];
        int left = REST;
        while (left > 0) {
            int n = in.read(octets);
            if (n < 0) {
                return;
            }
            left -= n;
        }
    }

    /** Has the client see that what it was sent is not complete. */
    private void breakOff() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.debug("A connection was gone already", e);
        }
        sever();
    }

    /** Has it end after the present answer. */
    void finish() {
        last = true;
    }

    /** Ends it now if it is between two answers. */
    void severIfIdle() {
        if (stopwatch.isIdle()) {
            sever();
        }
    }

    /** Ends it now. Whatever its thread is at fails. */
    void sever() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}
