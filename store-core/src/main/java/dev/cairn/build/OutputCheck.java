// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.BuildUser;
import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.derivation.FixedContents;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.LargeFiles;
import dev.cairn.fs.NarFiles;
import dev.cairn.fs.Sealing;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.nar.NarSink;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.scan.ReferenceScanner;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Checks what a builder wrote, makes it canonical and finds its references (daemon, section 8.8), output by output in
 * the order of their names. Nothing is moved into the store.
 */
final class OutputCheck {
    private static final int OWNER_EXECUTE = 0100;
    private static final int OTHERS_WRITE = 0022;

    private final StorePath path;
    private final Derivation derivation;
    private final BuildFolders folders;
    private final LargeFiles large;
    private final List<PathInfo> inputs;
    private final BuildReport report;
    private final Optional<BuildUser> user;
    private final Optional<Redirection> open;

    /**
     * @param folders of the build
     * @param large what is known of the store's large files
     * @param user who wrote the outputs, if that was not this process's user
     * @param open under which names the builder made them, if it was not isolated
     */
    OutputCheck(
            StorePath path,
            Derivation derivation,
            BuildFolders folders,
            LargeFiles large,
            List<PathInfo> inputs,
            BuildReport report,
            Optional<BuildUser> user,
            Optional<Redirection> open) {
        this.path = path;
        this.derivation = derivation;
        this.folders = folders;
        this.large = large;
        this.inputs = inputs;
        this.report = report;
        this.user = user;
        this.open = open;
    }

    /**
     * An output that passed.
     *
     * @param info what to register
     * @param file where it is
     * @param shared its files that may be linked with equal ones
     */
    record Made(PathInfo info, Path file, List<Sealing.SharedFile> shared) {}

    /**
     * Checks the wanted outputs.
     *
     * @param written where each output was written
     * @param wanted the outputs that are looked at; the others are valid already
     * @param rules whether what outputs may refer to is looked at
     * @throws BuildError when an output is rejected
     * @throws DaemonException when the whole request cannot go on
     */
    List<Made> examine(SortedMap<String, Path> written, SortedSet<StorePath> wanted, boolean rules)
            throws BuildError, DaemonException, IOException {
        SortedSet<StorePath> candidates = new TreeSet<>(derivation.outputPaths());
        inputs.forEach(input -> candidates.add(input.path()));
        List<Made> made = new ArrayList<>();
        SortedMap<StorePath, SortedSet<StorePath>> references = new TreeMap<>();
        for (Map.Entry<String, Path> output : written.entrySet()) {
            StorePath item = derivation.outputs().get(output.getKey()).path().orElseThrow();
            if (wanted.contains(item)) {
                Made one = examine(item, output.getValue(), candidates);
                made.add(one);
                references.put(item, one.info().references());
                if (rules) {
                    new OutputRules(derivation, item.directory(), inputs, references).check(item);
                }
            }
        }
        Optional<StorePath> cycle = OutputRules.cycle(references);
        if (cycle.isPresent()) {
            throw BuildError.rejected(
                    "cycle detected in the references of `" + cycle.get() + "'",
                    "cycle detected in the references of '" + cycle.get() + "'");
        }
        return made;
    }

    private Made examine(StorePath item, Path file, SortedSet<StorePath> candidates)
            throws BuildError, DaemonException, IOException {
        checkWritten(item, file);
        Optional<FixedContents> fixed = fixed(item);
        if (open.isPresent() && open.get().applies(item)) {
            report.say("warning: rewriting hashes in `" + item + "'; cross fingers");
            remake(item, file, open.get()::undoing);
        } else if (fixed.isPresent() && !derivation.isBuiltin()) {
            // A builder that had a network may have handed an open file to somebody, who could still write to it.
            remake(item, file, UnaryOperator.identity());
        }
        if (fixed.isPresent() && !fixed.get().recursive()) {
            checkFlatContents(item, file, fixed.get());
        }
        Made made = seal(item, file, candidates);
        if (fixed.isPresent() && fixed.get().recursive()) {
            Hash expected = fixed.get().hash();
            Hash actual = expected.algorithm() == HashAlgorithm.SHA256
                    ? made.info().narHash()
                    : NarFiles.summarise(file, expected.algorithm()).hash();
            compare(item, fixed.get(), actual);
        }
        return made;
    }

    private void checkWritten(StorePath item, Path file) throws BuildError, IOException {
        if (!FileTrees.exists(file)) {
            throw BuildError.rejected(
                    "builder for `" + path + "' failed to produce output path `" + item + "'",
                    "builder failed to produce output path '" + item + "'");
        }
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,uid,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        boolean open = !(Boolean) attributes.get("isSymbolicLink")
                && ((Integer) attributes.get("mode") & OTHERS_WRITE) != 0;
        if (open || user.isPresent() && !attributes.get("uid").equals(user.get().uid())) {
            throw BuildError.rejected(
                    "suspicious ownership or permission on `" + item + "'; rejecting this build output",
                    "suspicious ownership or permission on '" + item + "'; rejecting this build output");
        }
        if (user.isPresent()) {
            checkOwner(file, user.get().uid());
        }
    }

    /** A link to a file of somebody else would hand that over to the store. */
    private void checkOwner(Path file, int owner) throws BuildError, IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:uid,isDirectory", LinkOption.NOFOLLOW_LINKS);
        if (!attributes.get("uid").equals(owner)) {
            throw BuildError.rejected(
                    "invalid ownership on file `" + file + "'", "invalid ownership on file '" + file + "'");
        }
        if ((Boolean) attributes.get("isDirectory")) {
            Interrupts.check();
            for (Path entry : FileTrees.entries(file)) {
                checkOwner(entry, owner);
            }
        }
    }

    /** Puts a copy in the place of what the builder wrote. @param change made on the way */
    private void remake(StorePath item, Path file, UnaryOperator<NarSink> change) throws DaemonException, IOException {
        Path copy = folders.copyOf(file);
        try {
            NarFiles.dump(file, change.apply(NarFiles.restore(copy)));
        } catch (FileSystemException e) {
            if (e.getReason() == null || e.getClass() != FileSystemException.class) {
                throw e;
            }
            throw unsupported(item, e);
        }
        FileTrees.delete(file);
        Files.move(copy, file);
    }

    private Optional<FixedContents> fixed(StorePath item) throws BuildError {
        if (!derivation.isFixedOutput()) {
            return Optional.empty();
        }
        for (DerivationOutput output : derivation.outputs().values()) {
            if (output.path().filter(item::equals).isPresent()) {
                try {
                    return Optional.of(FixedContents.of(output));
                } catch (FormatException e) {
                    throw BuildError.rejected(e.getMessage(), e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private void checkFlatContents(StorePath item, Path file, FixedContents fixed) throws BuildError, IOException {
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!regular || ((Integer) Files.getAttribute(file, "unix:mode") & OWNER_EXECUTE) != 0) {
            // The closing quotation mark is missing in guix-daemon, too.
            throw BuildError.rejected(
                    "output path `" + item + " should be a non-executable regular file",
                    "output path '" + item + "' should be a non-executable regular file");
        }
        HashingOutputStream actual = new HashingOutputStream(fixed.hash().algorithm());
        Files.copy(file, actual);
        compare(item, fixed, actual.hash());
    }

    private void compare(StorePath item, FixedContents fixed, Hash actual) throws BuildError {
        Hash expected = fixed.hash();
        if (!expected.equals(actual)) {
            report.hashMismatch(item, fixed.algorithmField(), shown(expected), shown(actual));
            throw BuildError.rejected(
                    "hash mismatch for store item '" + item + "'",
                    new DaemonException.HashMismatch(item, expected, actual));
        }
    }

    private static String shown(Hash hash) {
        return hash.algorithm() == HashAlgorithm.MD5 ? hash.hex() : hash.base32();
    }

    private Made seal(StorePath item, Path file, SortedSet<StorePath> candidates)
            throws DaemonException, IOException {
        HashingOutputStream hashing = new HashingOutputStream(HashAlgorithm.SHA256);
        ReferenceScanner scanner = new ReferenceScanner(candidates, hashing);
        NarWriter writer = new NarWriter(scanner);
        List<Sealing.SharedFile> shared;
        try {
            shared = Sealing.seal(file, writer, large);
        } catch (FileSystemException e) {
            if (e.getReason() == null || e.getClass() != FileSystemException.class) {
                throw e;
            }
            throw unsupported(item, e);
        }
        writer.finish();
        return new Made(
                new PathInfo(
                        item,
                        hashing.hash(),
                        hashing.count(),
                        scanner.found(),
                        Optional.of(path),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                file,
                shared);
    }

    /** Something that the store does not take is the end of the request, as it is to guix-daemon. */
    private DaemonException unsupported(StorePath item, FileSystemException cause) {
        return new DaemonException.BuildFailed(
                path,
                BuildFailure.OTHER,
                "'" + cause.getFile() + "' in output '" + item + "': " + cause.getReason(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("file ‘" + cause.getFile() + "’ has an unsupported type"));
    }
}
