// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.FileProblem;
import dev.cairn.app.Workspace;
import dev.cairn.encoding.Rfc4648;
import dev.cairn.error.CairnException;
import dev.cairn.fs.NarFiles;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the hash of a file or, as an archive, of a tree. */
@Command(name = "hash")
final class HashCommand extends CairnCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "hash-files")
    private List<String> files = List.of();

    @Option(
            names = {"-r", "--recursive"},
            descriptionKey = "recursive",
            order = 10)
    private boolean recursive;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            descriptionKey = "hash-format",
            order = 11)
    private String format = "nix-base32";

    @Option(
            names = {"-H", "--hash"},
            paramLabel = "ALGORITHM",
            descriptionKey = "hash-algorithm",
            order = 12)
    private String algorithm = HashAlgorithm.SHA256.id();

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        HashAlgorithm wanted = HashAlgorithm.of(algorithm)
                .orElseThrow(() -> new UsageException(Texts.text(
                        "error.hash-algorithm",
                        algorithm,
                        String.join(
                                ", ",
                                Arrays.stream(HashAlgorithm.values()).map(HashAlgorithm::id).toList()))));
        Function<Hash, String> writer = writer();
        for (String file : files) {
            session.out().line(writer.apply(hash(session, file, wanted)));
        }
        return ExitCode.OK;
    }

    private Hash hash(Session session, String file, HashAlgorithm wanted) throws CairnException {
        try {
            if (recursive && !file.equals("-")) {
                return NarFiles.summarise(Path.of(file), wanted).hash();
            }
            if (Files.isDirectory(Path.of(file))) {
                throw new FailureException(
                        Texts.text("error.is-a-directory", file), Optional.of(Texts.text("hint.recursive")));
            }
            try (InputStream in = file.equals("-") ? session.in() : Files.newInputStream(Path.of(file));
                    HashingOutputStream digest = new HashingOutputStream(wanted)) {
                in.transferTo(digest);
                return digest.hash();
            }
        } catch (FileSystemException e) {
            throw new FailureException(Texts.text("error.cannot-read", file, FileProblem.of(e)), Optional.empty());
        } catch (IOException e) {
            throw new FailureException(
                    Texts.text("error.cannot-read", file, String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    private Function<Hash, String> writer() throws UsageException {
        return switch (format) {
            case "nix-base32" -> Hash::base32;
            case "hex", "base16", "hexadecimal" -> Hash::hex;
            case "base64" -> hash -> Base64.getEncoder().encodeToString(hash.octets());
            case "base32" -> hash -> Rfc4648.base32(hash.octets());
            default -> throw new UsageException(Texts.text("error.hash-format", format));
        };
    }
}
