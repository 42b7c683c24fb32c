// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words. */
final class FileProblem {
    private FileProblem() {}

    static String of(FileSystemException problem) {
        return switch (problem) {
            case NoSuchFileException _ -> Texts.text("problem.no-such-file");
            case AccessDeniedException _ -> Texts.text("problem.access-denied");
            default -> String.valueOf(problem.getReason() == null ? problem.getMessage() : problem.getReason());
        };
    }
}
