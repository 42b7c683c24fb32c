// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.wire.Recording;
import dev.cairn.bridge.wire.Recording.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real nix-daemon answered, asked again of the server: octet for octet, apart from versions and times. */
class NixReplayTest {
    @TempDir
    Path root;

    @Test
    void answersAsNixDaemonDoes() throws Exception {
        try (TestServer server = TestServer.ofNix(root);
                RawClient client = server.connect()) {
            List<String> differences = new ArrayList<>();
            for (Part part : Recording.of("nix").parts()) {
                byte[] octets = part.octets();
                if (part.side() == Recording.Side.CLIENT) {
                    client.out.writeRaw(octets, 0, octets.length);
                    client.out.flush();
                    continue;
                }
                byte[] mask = mask(part);
                byte[] answer = client.in.stream().readNBytes(octets.length);
                for (int i = 0; i < octets.length; i++) {
                    if (mask[i] == 0 && (i >= answer.length || answer[i] != octets[i])) {
                        differences.add(part.fields() + " at octet " + i);
                        break;
                    }
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    /** Not 0 where runs of one daemon differ, too: in the program's version and in times. */
    private static byte[] mask(Part part) throws IOException {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        for (Recording.Field field : part.fields()) {
            boolean free = field.name().startsWith("daemon-version-string") || field.name().equals("registration-time");
            int length = field.length();
            for (int i = 0; i < length; i++) {
                mask.write(free ? 1 : 0);
            }
        }
        return mask.toByteArray();
    }
}
