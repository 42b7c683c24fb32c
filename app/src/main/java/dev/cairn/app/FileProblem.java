// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words. */
public final class FileProblem {
    private FileProblem() {}

    public static String of(FileSystemException problem) {
        return switch (problem) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "you may not read it";
            default -> String.valueOf(problem.getReason() == null ? problem.getMessage() : problem.getReason());
        };
    }
}
