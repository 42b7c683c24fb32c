// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.ReleaseFile;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.http.FetchAnswer;
import dev.cairn.openpgp.ClearSigned;
import dev.cairn.openpgp.SignatureCheck;
import dev.cairn.openpgp.SignatureException;
import dev.cairn.openpgp.SignatureProblem;
import dev.cairn.openpgp.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Fetches the release of a suite and verifies it: who signed it, what it is of, and when. */
final class ReleaseFetch {
    private static final int MAX_SIGNATURE = 256 << 10;

    private final FetchJob job;

    /** Read while the release is on its way. */
    private final Future<FetchTrust> trusted;

    ReleaseFetch(FetchJob job) {
        this.job = job;
        this.trusted = FetchTasks.start(() -> FetchTrust.of(job.source(), job.options().trust()));
    }

    /**
     * A release that is as it must be.
     *
     * @param release empty where an archive that is trusted without signatures has none
     * @param before the one that was fetched earlier
     * @param signers fingerprints of the keys that vouch for it
     * @param relaxed what was not checked, a sentence each
     */
    record Fetched(
            Optional<ReleaseFile> release, Optional<ReleaseFile> before, List<String> signers, List<String> relaxed) {}

    /** A release as the archive has it. */
    private record Signed(byte[] text, List<String> signers) {}

    Fetched fetch() throws CairnException, IOException {
        Optional<ReleaseFile> before =
                job.previous().isPresent() ? job.previous().get().storedRelease() : Optional.empty();
        Optional<Signed> signed = inRelease();
        if (signed.isEmpty() && job.source().reading().inRelease().isEmpty()) {
            signed = releaseWithSignature();
        }
        if (signed.isEmpty()) {
            if (job.source().relaxed().trusted()) {
                return new Fetched(Optional.empty(), before, List.of(), relaxed(Optional.empty()));
            }
            throw nothing();
        }
        ReleaseFile release = read(signed.get().text());
        new FetchRules(job.source(), job.options().now()).check(release, before);
        return new Fetched(Optional.of(release), before, signed.get().signers(), relaxed(Optional.of(release)));
    }

    /** What to say where there is neither InRelease nor Release. */
    private FetchProblem nothing() {
        ArchiveSource source = job.source();
        if (!source.suite().endsWith("/")) {
            return new FetchProblem(
                    "there is no suite '" + source.suite() + "' at '" + source.archive() + "'",
                    "Check the address and the suite in " + source.origin() + ".");
        }
        return new FetchProblem(
                "nothing is signed in '" + source.suite() + "' at '" + source.archive()
                        + "': there is neither InRelease nor Release",
                "Check the address in " + source.origin() + ". If it is right, and you are sure that nobody can have"
                        + " changed the archive on its way, trusted=yes there takes it all the same.");
    }

    private Optional<Signed> inRelease() throws CairnException, IOException {
        Path file = job.folder().inRelease();
        Optional<FetchAnswer> answer = job.downloads()
                .find(job.source().reading().inRelease().orElse("InRelease"), file, ReleaseFile.LONGEST, since());
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get() instanceof FetchAnswer.Unchanged) {
            FetchFolder.link(job.previous().orElseThrow().inRelease(), file);
        }
        byte[] octets = Files.readAllBytes(file);
        if (job.source().relaxed().trusted()) {
            return Optional.of(new Signed(textOf(octets), List.of()));
        }
        return Optional.of(verified(check -> check.inline(octets)));
    }

    /** When the file that is here was changed on the server, if the server told. */
    private Optional<Instant> since() throws IOException {
        if (job.previous().isEmpty() || job.downloads().isLocal() || !Files.exists(job.previous().get().inRelease())) {
            return Optional.empty();
        }
        Instant time = Files.getLastModifiedTime(job.previous().get().inRelease()).toInstant();
        return Optional.of(time).filter(known -> known.isAfter(Instant.EPOCH));
    }

    private byte[] textOf(byte[] octets) throws FetchProblem {
        try {
            return ClearSigned.isOne(octets) ? ClearSigned.read(octets).text() : octets;
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    private Optional<Signed> releaseWithSignature() throws CairnException, IOException {
        if (job.downloads().find("Release", job.folder().release(), ReleaseFile.LONGEST, Optional.empty()).isEmpty()) {
            return Optional.empty();
        }
        byte[] octets = Files.readAllBytes(job.folder().release());
        if (job.source().relaxed().trusted()) {
            return Optional.of(new Signed(octets, List.of()));
        }
        Path signature = job.folder().releaseSignature();
        if (job.downloads().find("Release.gpg", signature, MAX_SIGNATURE, Optional.empty()).isEmpty()) {
            throw new FetchProblem(
                    "the release is not signed: there is neither InRelease nor Release.gpg",
                    "If you are sure that nobody can have changed the archive on its way, trusted=yes in "
                            + job.source().origin() + " takes it all the same.");
        }
        byte[] signatures = Files.readAllBytes(signature);
        return Optional.of(verified(check -> check.detached(octets, signatures)));
    }

    /** Checks signatures. */
    @FunctionalInterface
    private interface Verification {
        Verified run(SignatureCheck check) throws SignatureException;
    }

    private Signed verified(Verification verification) throws CairnException, IOException {
        FetchTrust trust = FetchTasks.await(trusted);
        try {
            Verified verified = verification.run(new SignatureCheck(
                    trust.keyring(), job.source().fingerprints(), job.options().now()));
            return new Signed(
                    verified.text(),
                    verified.signers().stream().map(Verified.Signer::primary).distinct().toList());
        } catch (SignatureException e) {
            boolean unknown = e.problems().stream().anyMatch(SignatureProblem.UnknownKey.class::isInstance);
            throw new FetchProblem(
                    "the release " + e.getMessage(),
                    unknown
                            ? trust.description() + " Get the archive's key from a place that you trust and name its"
                                    + " keyring with signed-by in " + job.source().origin() + "."
                            : "Nothing of it is taken. Try again later; if it stays so, ask those who keep the"
                                    + " archive.");
        }
    }

    private static ReleaseFile read(byte[] text) throws FetchProblem {
        try {
            return ReleaseFile.read(text);
        } catch (FormatException e) {
            throw unreadable(e);
        }
    }

    private static FetchProblem unreadable(FormatException e) {
        return new FetchProblem(
                "the release cannot be read: " + e.getMessage(), "Check that the address is that of an archive.");
    }

    private List<String> relaxed(Optional<ReleaseFile> release) {
        List<String> sentences = new ArrayList<>();
        if (job.source().relaxed().trusted()) {
            sentences.add("Signatures are not looked at (trusted=yes).");
        }
        if (job.source().relaxed().validUntil()) {
            boolean expired = release.filter(new FetchRules(job.source(), job.options().now())::expired).isPresent();
            sentences.add(
                    expired
                            ? "The lists have expired and are taken all the same (Check-Valid-Until)."
                            : "Lists would be taken after they expire (Check-Valid-Until).");
        }
        if (job.source().relaxed().date()) {
            sentences.add("Lists of the future are taken (Check-Date).");
        }
        return sentences;
    }
}
