// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.bridge.wire.Dialect;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A client of Nix's whose requests are made up. */
class NixServerFuzzTest {
    private static Optional<FuzzedServer> server = Optional.empty();

    @BeforeAll
    static void serve() throws Exception {
        server = Optional.of(new FuzzedServer(Dialect.NIX));
    }

    @AfterAll
    static void end() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @FuzzTest(maxDuration = "5m")
    void answersWhateverIsAsked(byte[] input) throws IOException {
        server.orElseThrow().hear(input);
    }
}
