// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.fs.Interrupts;
import dev.cairn.hash.Hash;
import dev.cairn.http.Fetcher;
import dev.cairn.nar.NarReader;
import dev.cairn.path.ContentAddress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One attempt to get one item, from the first octet asked for to the last one compared. */
final class ItemFetch {
    private final Fetcher fetcher;
    private final Candidate candidate;
    private final Unpacked unpacked;

    /** @param unpacked where nothing is yet */
    ItemFetch(Fetcher fetcher, Candidate candidate, Unpacked unpacked) {
        this.fetcher = fetcher;
        this.candidate = candidate;
        this.unpacked = unpacked;
    }

    /**
     * Unpacks the item, and finds that it is what was promised.
     *
     * @param progress takes octets downloaded
     * @throws CandidateException when it is not, or does not come
     * @throws IOException when it cannot be written, or the thread was interrupted
     */
    PathInfo run(Activities.Activity progress) throws CandidateException, DaemonException, IOException {
        Interrupts.check();
        Hash sha256;
        try (NarStream stream = new NarStream(fetcher, candidate, progress)) {
            NarReader reader = new NarReader(stream.octets(), candidate.narSize());
            reader.read(unpacked.restorer());
            compareSize(reader.bytesRead());
            Hash announced = stream.digest().announced();
            compareHash(announced);
            sha256 = stream.digest().registered(announced);
            stream.awaitEnd();
        } catch (NarStream.SourceException e) {
            // The threads end by themselves when this one is interrupted, with whatever they were at.
            Interrupts.check();
            throw new CandidateException(e.getMessage(), "not-found", e.isTroubled());
        } catch (FormatException e) {
            throw new CandidateException("it is not what was promised: " + e.getMessage(), "not-found");
        }
        compareContents(sha256);
        return new PathInfo(
                candidate.path(),
                sha256,
                candidate.narSize(),
                candidate.references(),
                candidate.deriver(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                new Provenance(
                        false, candidate.signatures(), candidate.contents().map(ContentAddress::toString)));
    }

    private void compareHash(Hash actual) throws CandidateException {
        Hash expected = candidate.narHash();
        if (!actual.equals(expected)) {
            throw new CandidateException(
                    "it is not what was promised: its hash is " + actual.base32() + ", not " + expected.base32(),
                    "hash-mismatch " + expected.algorithm().id() + " " + expected.base32() + " " + actual.base32());
        }
    }

    private void compareSize(long size) throws CandidateException {
        if (size != candidate.narSize()) {
            throw new CandidateException(
                    "it is not what was promised: it has " + size + " octets, not " + candidate.narSize(),
                    "not-found");
        }
    }

    /** What nobody vouches for must prove itself. */
    private void compareContents(Hash sha256) throws CandidateException, IOException {
        if (candidate.contents().isPresent()) {
            ContentAddress address = candidate.contents().get();
            boolean proved = NamedContents.isProvable(address, candidate.references())
                    && NamedContents.hash(address, unpacked.place(), sha256)
                            .filter(address.hash()::equals)
                            .isPresent();
            if (!proved) {
                throw new CandidateException("it is not what its name says", "not-found");
            }
        }
    }
}
