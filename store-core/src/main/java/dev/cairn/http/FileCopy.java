// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import dev.cairn.event.Activities;
import dev.cairn.fs.Interrupts;
import dev.cairn.http.FetchException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Fetches from {@code file:} addresses. */
final class FileCopy {
    private static final int BUFFER = 128 * 1024;

    private FileCopy() {}

    static FetchAnswer copy(FetchRequest request, Target to, Activities.Activity activity)
            throws FetchException, IOException {
        Path from = path(request);
        if (!Files.isRegularFile(from)) {
            boolean exists = Files.exists(from);
            throw new FetchException(
                    request.address(),
                    exists ? Kind.REFUSED : Kind.NOT_FOUND,
                    exists ? "it is no regular file" : "there is no such file");
        }
        long size = Files.size(from);
        Instant modified = Files.getLastModifiedTime(from).toInstant();
        if (request.since().isPresent() && !modified.isAfter(request.since().get())) {
            return new FetchAnswer.Unchanged();
        }
        refuseOver(size, request);
        try (InputStream in = open(from, request)) {
            to.begin(0);
            long done = 0;
            activity.progress(done, OptionalLong.of(size));
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Interrupts.check();
                done += n;
                refuseOver(done, request);
                to.write(buffer, n);
                activity.progress(done, OptionalLong.of(Math.max(size, done)));
            }
            return new FetchAnswer.Fetched(done, Optional.of(modified));
        }
    }

    private static Path path(FetchRequest request) throws FetchException {
        try {
            return Path.of(request.address());
        } catch (IllegalArgumentException e) {
            throw new FetchException(
                    request.address(), Kind.REFUSED, "it is not the address of a file: " + e.getMessage());
        }
    }

    private static InputStream open(Path from, FetchRequest request) throws FetchException, IOException {
        try {
            return Files.newInputStream(from);
        } catch (AccessDeniedException _) {
            throw new FetchException(request.address(), Kind.REFUSED, "it may not be read");
        } catch (NoSuchFileException _) {
            throw new FetchException(request.address(), Kind.NOT_FOUND, "there is no such file");
        }
    }

    private static void refuseOver(long size, FetchRequest request) throws FetchException {
        if (size > request.limit()) {
            throw new FetchException(request.address(), Kind.TOO_LARGE,
                    "it has " + size + " octets, more than the " + request.limit() + " that are taken");
        }
    }
}
