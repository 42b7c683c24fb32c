// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationOutput;
import dev.cairn.derivation.FixedContents;
import dev.cairn.error.FormatException;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.fs.NarFiles;
import dev.cairn.fs.Sealing;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.scan.ReferenceScanner;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks what a builder wrote, makes it canonical, finds its references and moves it into the store (daemon, section
 * 8.8). Unlike guix-daemon nothing is moved before every output has passed every check.
 */
final class OutputCheck {
    private static final int OWNER_EXECUTE = 0100;
    private static final Set<PosixFilePermission> MOVABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> CANONICAL = PosixFilePermissions.fromString("r-xr-xr-x");

    private final StorePath path;
    private final Derivation derivation;
    private final StoreLayout layout;
    private final List<PathInfo> inputs;
    private final BuildLog log;

    OutputCheck(
            StorePath path, Derivation derivation, StoreLayout layout, List<PathInfo> inputs, BuildLog log) {
        this.path = path;
        this.derivation = derivation;
        this.layout = layout;
        this.inputs = inputs;
        this.log = log;
    }

    /**
     * An output that passed.
     *
     * @param info what to register
     * @param shared its files that may be linked with equal ones
     */
    record Made(PathInfo info, List<Sealing.SharedFile> shared) {}

    /**
     * Accepts all outputs or none.
     *
     * @param written where each output was written
     * @param missing the outputs that are not valid yet; others were built again and are not looked at
     * @return what to register; the files are in place
     * @throws DaemonException.BuildFailed when an output is rejected
     * @throws DaemonException.HashMismatch when fixed contents are not what was promised
     */
    List<Made> accept(SortedMap<String, Path> written, SortedSet<StorePath> missing)
            throws DaemonException, IOException {
        SortedMap<StorePath, Path> files = new TreeMap<>();
        for (Map.Entry<String, Path> output : written.entrySet()) {
            StorePath item = derivation.outputs().get(output.getKey()).path().orElseThrow();
            if (missing.contains(item)) {
                checkWritten(item, output.getValue());
                files.put(item, output.getValue());
            }
        }
        for (Map.Entry<StorePath, Path> file : files.entrySet()) {
            checkFlatContents(file.getKey(), file.getValue());
        }
        List<Made> made = new ArrayList<>();
        SortedSet<StorePath> candidates = new TreeSet<>(derivation.outputPaths());
        inputs.forEach(input -> candidates.add(input.path()));
        for (Map.Entry<StorePath, Path> file : files.entrySet()) {
            made.add(seal(file.getKey(), file.getValue(), candidates));
            checkRecursiveContents(file.getKey(), file.getValue());
        }
        checkReferences(made);
        Interrupts.check();
        for (Map.Entry<StorePath, Path> file : files.entrySet()) {
            move(file.getValue(), layout.physical(file.getKey()));
        }
        return made;
    }

    private void checkWritten(StorePath item, Path file) throws DaemonException, IOException {
        if (!FileTrees.exists(file)) {
            throw rejected("builder failed to produce output path '" + item + "'");
        }
        if (!Files.isSymbolicLink(file)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw rejected("suspicious ownership or permission on '" + item + "'; rejecting this build output");
            }
        }
    }

    private Optional<FixedContents> fixed(StorePath item) throws DaemonException {
        if (!derivation.isFixedOutput()) {
            return Optional.empty();
        }
        for (DerivationOutput output : derivation.outputs().values()) {
            if (output.path().filter(item::equals).isPresent()) {
                try {
                    return Optional.of(FixedContents.of(output));
                } catch (FormatException e) {
                    throw rejected(e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private void checkFlatContents(StorePath item, Path file) throws DaemonException, IOException {
        Optional<FixedContents> fixed = fixed(item).filter(contents -> !contents.recursive());
        if (fixed.isEmpty()) {
            return;
        }
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!regular || ((Integer) Files.getAttribute(file, "unix:mode") & OWNER_EXECUTE) != 0) {
            throw rejected("output path '" + item + "' should be a non-executable regular file");
        }
        Hash expected = fixed.get().hash();
        HashingOutputStream actual = new HashingOutputStream(expected.algorithm());
        Files.copy(file, actual);
        compare(item, expected, actual.hash());
    }

    private void checkRecursiveContents(StorePath item, Path file) throws DaemonException, IOException {
        Optional<FixedContents> fixed = fixed(item).filter(FixedContents::recursive);
        if (fixed.isPresent()) {
            Hash expected = fixed.get().hash();
            compare(item, expected, NarFiles.summarise(file, expected.algorithm()).hash());
        }
    }

    private void compare(StorePath item, Hash expected, Hash actual) throws DaemonException, IOException {
        if (!expected.equals(actual)) {
            DaemonException.HashMismatch mismatch = new DaemonException.HashMismatch(item, expected, actual);
            log.line("error: " + mismatch.getMessage());
            throw mismatch;
        }
    }

    private Made seal(StorePath item, Path file, SortedSet<StorePath> candidates)
            throws DaemonException, IOException {
        HashingOutputStream hashing = new HashingOutputStream(HashAlgorithm.SHA256);
        ReferenceScanner scanner = new ReferenceScanner(candidates, hashing);
        NarWriter writer = new NarWriter(scanner);
        List<Sealing.SharedFile> shared;
        try {
            shared = Sealing.seal(file, writer);
        } catch (FileSystemException e) {
            if (e.getReason() == null || e.getClass() != FileSystemException.class) {
                throw e;
            }
            throw rejected("'" + e.getFile() + "' in output '" + item + "': " + e.getReason());
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
                shared);
    }

    private void checkReferences(List<Made> made) throws DaemonException, IOException {
        SortedMap<StorePath, SortedSet<StorePath>> references = new TreeMap<>();
        made.forEach(one -> references.put(one.info().path(), one.info().references()));
        OutputRules rules = new OutputRules(derivation, layout.storeDirectory(), inputs, references);
        for (Made one : made) {
            Optional<String> objection = rules.objection(one.info().path());
            if (objection.isPresent()) {
                throw rejected(objection.get());
            }
        }
        Optional<StorePath> cycle = OutputRules.cycle(references);
        if (cycle.isPresent()) {
            throw rejected("cycle detected in the references of '" + cycle.get() + "'");
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (from.equals(to)) {
            return;
        }
        // Only who may write to a directory can give it another parent.
        boolean directory = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
        if (directory) {
            Files.setPosixFilePermissions(from, MOVABLE);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        if (directory) {
            Files.setPosixFilePermissions(to, CANONICAL);
            CanonicalMetadata.setModified(to);
        }
    }

    private DaemonException.BuildFailed rejected(String reason) throws DaemonException {
        try {
            log.line("error: " + reason);
        } catch (IOException e) {
            throw DaemonException.of("writing the log of '" + path + "'", e);
        }
        return new DaemonException.BuildFailed(path, reason, log.lastLines(), Optional.of(log.file()));
    }
}
