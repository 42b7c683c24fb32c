// SPDX-License-Identifier: Apache-2.0
/**
 * Small archives of Debian packages that tests make themselves: packages, indices, signed releases, and a server that
 * can misbehave.
 *
 * <pre>{@code
 * MiniArchive archive = MiniArchive.in(folder);
 * archive.suite("bookworm")
 *         .add("main", DebWriter.of("hello", "2.10-3").depends("libc6").program("hello", "#!/bin/sh\necho hello\n"))
 *         .add("main", DebWriter.of("libc6", "2.36-9").file("usr/lib/libc.so.6", 0644, "..."));
 * archive.write();
 * ArchiveSource source = archive.source("bookworm", "main");
 *
 * try (MiniServer server = archive.serve()) {
 *     ArchiveSource remote = archive.source(server.address(), "bookworm", "main");
 * }
 * }</pre>
 */
@NullMarked
package dev.cairn.testing.debian;

import org.jspecify.annotations.NullMarked;
