// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.narinfo.Standing;
import dev.cairn.narinfo.Voucher;
import dev.cairn.signature.PublicKey;
import java.util.List;
import java.util.Optional;

/** Says why what a server says is not believed. */
final class Objections {
    private Objections() {}

    /** @param standing anything but authorised */
    static Objection to(SubstituteServer server, Standing standing) {
        return switch (standing) {
            case Standing.Authorised(Voucher _) -> throw new IllegalArgumentException("there is nothing against it");
            case Standing.Unsigned() ->
                new Objection(
                        server,
                        "it has it, but nobody signed that",
                        Optional.empty(),
                        Optional.of("what is not signed is never taken: ask those who run the server to sign it, or name"
                                + " another server"));
            case Standing.UnknownKeys(Optional<PublicKey> guix, List<String> nix) -> unknown(server, guix, nix);
            case Standing.Forged(String problem) ->
                objection(server, "what it says is not what was signed: " + Shown.text(problem));
            case Standing.Unreadable(String problem) ->
                objection(server, "its signature cannot be read: " + Shown.text(problem));
        };
    }

    private static Objection objection(SubstituteServer server, String reason) {
        return new Objection(server, reason, Optional.empty(), Optional.empty());
    }

    private static Objection unknown(SubstituteServer server, Optional<PublicKey> guix, List<String> nix) {
        if (guix.isPresent()) {
            return new Objection(
                    server,
                    "its key " + guix.get().fingerprint() + " is not authorised",
                    guix,
                    Optional.of("if you trust its owner, compare the key with what they publish, then authorise it:"
                            + " cairn archive --authorize < signing-key.pub, the file from " + base(server)
                            + "signing-key.pub"));
        }
        return new Objection(
                server,
                "its key '" + Shown.text(String.join("', '", nix)) + "' is not authorised",
                Optional.empty(),
                Optional.of("if you trust its owner, authorise the key that they publish:"
                        + " cairn archive --authorize, and NAME:BASE64 as its input"));
    }

    private static String base(SubstituteServer server) {
        return server.url().endsWith("/") ? server.url() : server.url() + "/";
    }
}
