// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebRequest;
import dev.cairn.bridge.web.WebResponse;
import java.time.Duration;
import java.util.Optional;

/** Answers in the words of {@code guix publish}. */
final class Replies {
    static final String TEXT = "text/plain;charset=utf-8";
    static final String NARINFO = "application/x-nix-narinfo;charset=utf-8";

    /** Of archives that are made while they are sent. */
    static final String ARCHIVE = "application/x-nix-archive;charset=ISO-8859-1";

    /** Of files as they are, archives that were made before among them. */
    static final String OCTETS = "application/octet-stream;charset=ISO-8859-1";

    /** How long to rely on an answer that will soon be another one. */
    static final Duration SOON = Duration.ofMinutes(5);

    private Replies() {}

    static WebResponse notFound(WebRequest request) {
        return notFound(request, "Resource not found");
    }

    static WebResponse notFound(WebRequest request, String phrase) {
        return WebResponse.of(404, TEXT, Body.Octets.text(phrase + ": " + request.path()));
    }

    /** The archive is being made. */
    static WebResponse baking(WebRequest request) {
        return lasting(notFound(request, "We're baking it"), Optional.of(SOON)).with("X-Baking", "1");
    }

    /** There is too much to do just now. */
    static WebResponse busy() {
        return WebResponse.of(503, TEXT, Body.Octets.text("Too much to do; try again later"))
                .with("Retry-After", "30");
    }

    static WebResponse failed() {
        return WebResponse.of(500, TEXT, Body.Octets.text("The store could not answer"));
    }

    static WebResponse lasting(WebResponse response, Optional<Duration> ttl) {
        return ttl.isPresent() ? response.with("Cache-Control", "max-age=" + ttl.get().toSeconds()) : response;
    }
}
