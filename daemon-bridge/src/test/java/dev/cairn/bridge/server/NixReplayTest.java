// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a real nix-daemon answered, asked again of the server: octet for octet, apart from versions and times. */
class NixReplayTest {
    @TempDir
    Path root;

    @Test
    void answersAsNixDaemonDoes() throws Exception {
        Path file = SharedData.require("spec/vectors/protocol/nix-2.8-dialect.json");
        JsonNode conversation = new ObjectMapper().readTree(Files.readAllBytes(file));
        try (TestServer server = TestServer.ofNix(root);
                RawClient client = server.connect()) {
            List<String> differences = new ArrayList<>();
            for (JsonNode message : conversation.get("messages")) {
                byte[] octets = HexFormat.of().parseHex(message.get("hex").asString());
                if (message.get("direction").asString().equals("client")) {
                    client.out.writeRaw(octets, 0, octets.length);
                    client.out.flush();
                    continue;
                }
                byte[] mask = mask(message);
                byte[] answer = client.in.stream().readNBytes(octets.length);
                for (int i = 0; i < octets.length; i++) {
                    if (mask[i] == 0 && (i >= answer.length || answer[i] != octets[i])) {
                        differences.add(message.get("decoded").asString() + " at octet " + i);
                        break;
                    }
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    /** Not 0 where runs of one daemon differ, too: in the program's version and in times. */
    private static byte[] mask(JsonNode message) {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        for (JsonNode field : message.get("fields")) {
            String name = field.get("name").asString();
            int free = name.startsWith("daemon-version-string") || name.equals("registration-time") ? 1 : 0;
            int length =
                    switch (field.get("type").asString()) {
                        case "string" -> padded(field.get("value").asString());
                        case "string-list" -> {
                            int octets = 8;
                            for (JsonNode element : field.get("value")) {
                                octets += padded(element.asString());
                            }
                            yield octets;
                        }
                        case "nar" -> field.get("length").asInt();
                        default -> 8;
                    };
            for (int i = 0; i < length; i++) {
                mask.write(free);
            }
        }
        return mask.toByteArray();
    }

    private static int padded(String text) {
        return 8 + (text.length() + 7) / 8 * 8;
    }
}
