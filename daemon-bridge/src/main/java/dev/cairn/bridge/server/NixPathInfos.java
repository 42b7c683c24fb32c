// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.ProtocolVersion;
import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireLimits;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.PathInfo;
import dev.cairn.daemon.Provenance;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is known of items, as it is sent in Nix's dialect (daemon, section 17). */
final class NixPathInfos {
    /** From this minor version on, it is told why items may be trusted. */
    private static final int WITH_PROVENANCE = 16;

    private static final Pattern SIGNATURE = Pattern.compile("[^\\s:]+:[A-Za-z0-9+/=]+");

    private NixPathInfos() {}

    /** Writes all but the item's name. */
    static void write(WireWriter out, PathInfo info, ProtocolVersion version) throws IOException {
        out.writeText(info.deriver().map(StorePath::toString).orElse(""));
        out.writeText(info.narHash().hex());
        out.writeStorePaths(info.references());
        out.writeInt(info.registered().getEpochSecond() & 0xffff_ffffL);
        out.writeLong(info.narSize());
        if (version.atLeast(WITH_PROVENANCE)) {
            out.writeBool(info.provenance().ultimate());
            out.writeTexts(info.provenance().signatures());
            out.writeText(info.provenance().contentAddress().orElse(""));
        }
    }

    /**
     * Reads it with the item's name. When somebody else registered an item, and whether he built it himself, is not
     * taken over.
     */
    static PathInfo read(WireReader in, StoreDirectory store) throws IOException {
        StorePath path = in.readStorePath(store);
        Optional<StorePath> deriver = deriver(in, store);
        Hash hash = hash(in.readText(WireLimits.NAME));
        SortedSet<StorePath> references = new TreeSet<>(in.readStorePaths(store));
        in.readInt();
        long size = in.readLong();
        in.readBool();
        List<String> signatures = signatures(in);
        String address = in.readText(WireLimits.NAME);
        if (size < 0 || address.contains(" ")) {
            throw new WireException("what is said of '" + path + "' makes no sense");
        }
        return new PathInfo(
                path,
                hash,
                size,
                references,
                deriver,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                new Provenance(false, signatures, address.isEmpty() ? Optional.empty() : Optional.of(address)));
    }

    /** Reads a list of signatures, each {@code NAME:BASE64}. */
    static List<String> signatures(WireReader in) throws IOException {
        List<String> signatures = in.readTexts();
        for (String signature : signatures) {
            if (!SIGNATURE.matcher(signature).matches()) {
                throw new WireException("signature '" + signature + "' is not of the form NAME:BASE64");
            }
        }
        return signatures;
    }

    private static Optional<StorePath> deriver(WireReader in, StoreDirectory store) throws IOException {
        String text = in.readText(WireLimits.NAME);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(store.parse(text));
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }

    private static Hash hash(String text) throws WireException {
        try {
            return Hash.parse(HashAlgorithm.SHA256, text);
        } catch (FormatException e) {
            throw new WireException(e.getMessage());
        }
    }
}
