// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.DaemonException;
import dev.cairn.hash.HashAlgorithm;
import java.io.IOException;

/** The request to add a file or tree as Guix's clients, and Nix's older ones, send it (daemon, section 4.1). */
final class TreeRequest {
    private final Conversation conversation;

    TreeRequest(Conversation conversation) {
        this.conversation = conversation;
    }

    void answer() throws IOException {
        WireReader in = conversation.in();
        String name = in.readText(WireLimits.NAME);
        boolean fixed = in.readInt() == 1;
        boolean recursive = in.readInt() == 1 || !fixed;
        String algorithm = in.readText(WireLimits.NAME);
        HashAlgorithm known =
                HashAlgorithm.of(fixed ? algorithm : "sha256").orElse(HashAlgorithm.SHA256);
        boolean unknown = fixed && HashAlgorithm.of(algorithm).isEmpty();
        conversation.answerStream(
                (daemon, _) -> {
                    if (unknown) {
                        Archives.skip(conversation.rest());
                        throw Refusals.of("unknown hash type");
                    }
                    try {
                        return daemon.addNar(name, conversation.rest(), recursive, known);
                    } catch (DaemonException e) {
                        throw Archives.failure(e);
                    }
                },
                WireWriter::writeStorePath);
    }
}
