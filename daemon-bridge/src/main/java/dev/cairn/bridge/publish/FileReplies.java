// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebRequest;
import dev.cairn.bridge.web.WebResponse;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends single files: sources by their hashes, and what builders wrote. */
final class FileReplies {
    private final Daemon daemon;
    private final Optional<BuildLogs> logs;

    /** @param logs if they are kept on this machine */
    FileReplies(Daemon daemon, Optional<BuildLogs> logs) {
        this.daemon = daemon;
        this.logs = logs;
    }

    /** The file that was fetched under a name because it has a hash. */
    WebResponse content(WebRequest request, String name, Hash hash) throws CairnException, IOException {
        StorePath item = StorePaths.fixedOutput(daemon.storeDirectory(), name, hash, false);
        Path file = daemon.physical(item);
        if (!daemon.isValid(item) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Replies.notFound(request);
        }
        Optional<FileChannel> open = open(file);
        return open.isEmpty()
                ? Replies.notFound(request)
                : reply(Replies.OCTETS, open.get()).tagged("\"" + hash.base32() + "\"").inParts();
    }

    /** The log of a derivation, or of one that made an item. */
    WebResponse log(WebRequest request, StorePath item) throws DaemonException, IOException {
        for (StorePath derivation : derivations(item)) {
            Optional<BuildLogs.File> log =
                    logs.isPresent() ? logs.get().file(derivation) : Optional.empty();
            Optional<FileChannel> open = log.isPresent() ? open(log.get().path()) : Optional.empty();
            if (open.isPresent()) {
                return switch (log.get().compression()) {
                    case NONE -> reply("text/plain;charset=UTF-8", open.get());
                    case GZIP -> reply("text/plain;charset=UTF-8", open.get()).with("Content-Encoding", "gzip");
                    case BZIP2 -> reply("application/x-bzip2;charset=ISO-8859-1", open.get());
                };
            }
        }
        return Replies.notFound(request);
    }

    private List<StorePath> derivations(StorePath item) throws DaemonException {
        if (item.isDerivation()) {
            return List.of(item);
        }
        List<StorePath> derivers = new ArrayList<>(daemon.validDerivers(item));
        daemon.pathInfo(item).flatMap(PathInfo::deriver).ifPresent(derivers::add);
        return derivers;
    }

    private static Optional<FileChannel> open(Path file) throws IOException {
        try {
            // It stays readable, as it is, also when the item is collected meanwhile.
            return Optional.of(FileChannel.open(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static WebResponse reply(String type, FileChannel file) throws IOException {
        try {
            return WebResponse.of(200, type, new Body.OpenFile(file, file.size()));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
