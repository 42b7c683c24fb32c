// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * One source to be fetched.
 *
 * @param folder that takes the files
 * @param previous what there was of it before
 */
record FetchJob(
        ArchiveSource source,
        FetchDownloads downloads,
        FetchFolder folder,
        Optional<FetchFolder> previous,
        FetchOptions options) {
    /** A file of before, if it is there. */
    Optional<Path> earlier(Function<FetchFolder, Path> file) {
        return previous.map(file).filter(Files::exists);
    }
}
