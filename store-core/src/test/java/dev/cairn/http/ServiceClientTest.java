// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.http.FetchException.Kind;
import dev.cairn.testing.Golden;
import dev.cairn.testing.Sockets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of services that cannot be spoken to. */
class ServiceClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Patience PATIENCE = new Patience(LONG, LONG, LONG, 3, Duration.ofMillis(1));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private static FetchException problem(String address) {
        try (ServiceClient client = new ServiceClient(Proxies.NONE, PATIENCE, "text/plain")) {
            return catchThrowableOfType(
                    FetchException.class,
                    () -> client.get(URI.create(address), 100, (_, _, body) -> body.readAllBytes()));
        }
    }

    private int listen(ServerSocketFactory factory) throws IOException {
        ServerSocket listener = factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    connections.incrementAndGet();
                    socket.getOutputStream().write("HTTP/1.0 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException _) {
                    // The client did not like it, or the test is over.
                }
            }
        });
        return listener.getLocalPort();
    }

    /**
     * Listens with a certificate by an authority that is trusted for as long as the test lasts. Made by keytool
     * (-gencert), good from 2020 for a hundred years unless it is to have expired.
     */
    private int listenWith(String name) throws Exception {
        char[] password = "certificates".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Golden.octets("tls/" + name + ".p12")), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        Certificate authority =
                store.getCertificateChain(store.aliases().nextElement())[1];
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLContext before = SSLContext.getDefault();
        open.add(() -> SSLContext.setDefault(before));
        SSLContext.setDefault(context);
        return listen(context.getServerSocketFactory());
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        try (Socket silent = Sockets.withoutListener()) {
            FetchException problem = problem("http://127.0.0.1:" + silent.getLocalPort() + "/x");
            assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(problem.reason()).isEqualTo("no connection (is there a network, is the server up?)");
        }
    }

    @Test
    void saysThatAHostIsNotKnown() {
        FetchException problem = problem("http://nowhere.invalid/x");
        assertThat(problem.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(problem.reason()).isEqualTo("the host is not known (is there a network?)");
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        FetchException problem = problem("https://127.0.0.1:" + listenWith("authority-expired") + "/x");
        assertThat(problem.reason()).isEqualTo("its certificate has expired");
        assertThat(problem.kind()).isEqualTo(Kind.INSECURE);
        assertThat(problem.hint().orElseThrow()).contains("clock");
        assertThat(connections).as("it does not become better by trying again").hasValueLessThan(2);
    }

    @Test
    void saysThatACertificateIsForAnotherHost() throws Exception {
        FetchException problem = problem("https://127.0.0.1:" + listenWith("authority-elsewhere") + "/x");
        assertThat(problem.reason()).startsWith("its certificate is for another host (").contains("127.0.0.1");
        assertThat(problem.kind()).isEqualTo(Kind.INSECURE);
    }

    @Test
    void saysThatNobodyVouchesForACertificate() throws Exception {
        SSLContext usual = SSLContext.getDefault();
        int port = listenWith("authority-elsewhere");
        SSLContext.setDefault(usual);
        FetchException problem = problem("https://127.0.0.1:" + port + "/x");
        assertThat(problem.reason()).isEqualTo("its certificate is from nobody that this machine trusts");
        assertThat(problem.kind()).isEqualTo(Kind.INSECURE);
    }

    @Test
    void saysThatAPortSpeaksNoTls() throws Exception {
        FetchException problem = problem("https://127.0.0.1:" + listen(ServerSocketFactory.getDefault()) + "/x");
        assertThat(problem.reason()).isEqualTo("there is no secure connection (is it http: rather than https:?)");
        assertThat(problem.kind()).isEqualTo(Kind.INSECURE);
    }
}
