// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest {
    private static final URI ADDRESS = URI.create("https://cache.example/x");

    @TempDir
    private Path folder;

    @Test
    void saysWhatIsWrongWithACertificate() {
        assertThat(secrecy(new CertificateExpiredException("x"))).isEqualTo("its certificate has expired");
        assertThat(secrecy(new CertPathValidatorException("x", null, null, -1, BasicReason.EXPIRED)))
                .isEqualTo("its certificate has expired");
        assertThat(secrecy(new CertificateNotYetValidException("x"))).contains("not valid yet");
        assertThat(secrecy(new CertificateException("No name matching a found")))
                .isEqualTo("its certificate is for another host (No name matching a found)");
        assertThat(secrecy(new CertificateException("x"))).isEqualTo("its certificate is not accepted (x)");
        assertThat(secrecy(new IOException("x"))).isEqualTo("there is no secure connection (handshake failed)");
    }

    private static String secrecy(Exception cause) {
        SSLHandshakeException failure = new SSLHandshakeException("handshake failed");
        failure.initCause(cause);
        return reason(Proxies.NONE, failure, true);
    }

    @Test
    void tellsServersThatAreNotThereFromThoseThatDoNotAnswer() {
        assertThat(reason(Proxies.NONE, new SocketTimeoutException(), false)).isEqualTo("no connection within 10 s");
        assertThat(reason(Proxies.NONE, new SocketTimeoutException(), true)).isEqualTo("no answer within 20 s");
        assertThat(reason(Proxies.NONE, new UnknownHostException("a"), false)).contains("the host is not known");
    }

    @Test
    void namesTheProxyThatCannotBeReached() {
        Proxies proxies = Proxies.through(URI.create("http://me:secret@proxy.example:3128"));
        assertThat(reason(proxies, new ConnectException("refused"), true))
                .isEqualTo("no connection to the proxy proxy.example (is there a network, is the server up?)");
        assertThat(reason(proxies, new HttpConnectTimeoutException("late"), true))
                .isEqualTo("no connection to the proxy proxy.example within 10 s");
        assertThat(reason(proxies, new UnknownHostException("a"), true))
                .isEqualTo("the proxy proxy.example is not known (is there a network?)");
    }

    private static String reason(Proxies proxies, IOException cause, boolean connected) {
        return new Trouble(Route.to(ADDRESS, proxies), Patience.BRISK)
                .of(ADDRESS, cause, connected)
                .reason();
    }

    @Test
    void speaksToNobodyWhoseCertificateIsNotTrusted() throws Exception {
        try (SSLServerSocket listener = listen()) {
            Thread.ofVirtual().start(() -> shakeHands(listener));
            URI address = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/x");
            try (BatchFetcher batches = new BatchFetcher(Proxies.NONE, Patience.BRISK, Duration.ofSeconds(60));
                    Fetcher files = new Fetcher(Proxies.NONE, Patience.BRISK)) {
                FetchException problem =
                        batches.fetch(List.of(address), 100).problem().orElseThrow();
                assertThat(problem.kind()).isEqualTo(FetchException.Kind.INSECURE);
                assertThat(problem.reason()).isEqualTo("its certificate is from nobody that this machine trusts");
                assertThat(problem.hint().orElseThrow()).contains("clock").contains("renew");
                FetchException same = catchThrowableOfType(
                        FetchException.class,
                        () -> files.fetch(
                                FetchRequest.of(address),
                                folder.resolve("x"),
                                new Activities(EventSink.NONE).start(Event.Kind.DOWNLOAD, "x")));
                assertThat(same.kind()).isEqualTo(FetchException.Kind.INSECURE);
                assertThat(same.reason()).isEqualTo(problem.reason());
            }
        }
    }

    /** With a certificate that was good for one day and that it signed itself. */
    private static SSLServerSocket listen() throws Exception {
        char[] password = "expired".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Golden.octets("tls/expired.p12")), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static void shakeHands(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
            } catch (IOException _) {
                // The client did not like it, or the test is over.
            }
        }
    }
}
