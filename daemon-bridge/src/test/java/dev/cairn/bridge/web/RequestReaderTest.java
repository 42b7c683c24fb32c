// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final String REQUEST = "GET /nar/gzip/a%2Bb?x=1 HTTP/1.1\r\nHost: example.org:80\r\n"
            + "Accept: */*\r\nAccept: text/plain\r\nConnection: keep-alive, Close\r\nContent-Length: 0\r\n\r\n";

    private static RequestReader reader(byte[] octets) {
        return new RequestReader(new ByteArrayInputStream(octets), () -> {});
    }

    private static RequestReader reader(String text) {
        return reader(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsRequestsOneAfterTheOther() throws Exception {
        RequestReader reader = reader(REQUEST + "\r\nHEAD http://example.org/x HTTP/1.0\n\n");
        WebRequest first = reader.next().orElseThrow();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.path()).isEqualTo("/nar/gzip/a%2Bb");
        assertThat(first.field("ACCEPT")).contains("*/*, text/plain");
        assertThat(first.wantsToStay()).isFalse();
        assertThat(first.hasBody()).isFalse();
        WebRequest second = reader.next().orElseThrow();
        assertThat(second.isHead()).isTrue();
        assertThat(second.path()).isEqualTo("/x");
        assertThat(second.wantsToStay()).isFalse();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void readsTheRootOfAddressesWithoutPath() throws Exception {
        assertThat(reader("GET http://example.org HTTP/1.1\r\n\r\n").next().orElseThrow().path()).isEqualTo("/");
        assertThat(reader("GET /?q HTTP/1.1\r\n\r\n").next().orElseThrow().path()).isEqualTo("/");
    }

    @Test
    void endsInTwoWaysOnlyWhateverComes() {
        Random random = new Random(7);
        byte[] request = REQUEST.getBytes(StandardCharsets.ISO_8859_1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = request.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                Optional<WebRequest> found = reader(octets).next();
                found.ifPresent(one -> assertThat(one.path()).startsWith("/"));
                read += found.isPresent() ? 1 : 0;
            } catch (BadRequest e) {
                assertThat(e.status()).isBetween(400, 505);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("in the middle of a head");
            }
        }
        assertThat(read).isPositive();
    }
}
