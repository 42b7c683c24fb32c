// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The system does not know the locks that {@link PosixLock} is made of. Those of a process, which it knows, are no
 * replacement: any part of the program that closes the file takes them away, and nobody is told.
 */
public final class NoLocksException extends FileSystemException {
    @Serial
    private static final long serialVersionUID = 1;

    /** What to do about it. */
    static final String HINT = "gVisor, on which some containers and cloud shells run, and WSL 1 have none. "
            + "Cairn needs a Linux kernel (3.15 or newer), as in a virtual machine or WSL 2, and file systems of its own.";

    NoLocksException(Path file) {
        super(file.toString(), null, "this system has no locks that belong to an open file (F_OFD_SETLK)");
    }
}
