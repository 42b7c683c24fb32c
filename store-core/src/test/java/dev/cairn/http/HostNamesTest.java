// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch never = new CountDownLatch(1);
    private final HostNames silent = new HostNames(_ -> {
        try {
            never.await();
        } catch (InterruptedException _) {
            // Nobody interrupts it.
        }
        return InetAddress.getLoopbackAddress();
    });

    @Test
    void findsHosts() throws Exception {
        HostNames known = new HostNames(_ -> InetAddress.getLoopbackAddress());
        assertThat(known.find("host.example", HOUR)).isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Test
    void saysThatThereIsNone() {
        HostNames unknown = new HostNames(host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> unknown.find("host.example", HOUR)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void waitsNoLongerThanItMay() {
        assertThatThrownBy(() -> silent.find("host.example", Duration.ofMillis(20)))
                .isInstanceOf(SocketTimeoutException.class);
        never.countDown();
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> silent.find("host.example", HOUR)).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            never.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%lo"})
    void needsNobodyForNumbers(String address) throws Exception {
        Thread asking = Thread.currentThread();
        HostNames here = new HostNames(_ -> {
            assertThat(Thread.currentThread()).isSameAs(asking);
            return InetAddress.getLoopbackAddress();
        });
        assertThat(here.find(address, HOUR)).isNotNull();
    }
}
