// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.encoding.Utf8;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.narinfo.Standing;
import dev.cairn.narinfo.Voucher;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemeReader;
import dev.cairn.signature.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Which keys signed what was last learnt of the items of servers, by the answers that the store keeps (formats, section
 * 6.5). A few of the latest are looked at; where there are none, or they cannot be read, nothing is known.
 */
record LastSigners(StoreLayout layout) {
    private static final int LOOKED_AT = 4;
    private static final int MAX_FILE = 1 << 16;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    /** URLs of servers by the fingerprint of the key. */
    Map<String, List<String>> of(List<String> urls, TrustedKeys trusted) {
        Map<String, List<String>> found = new HashMap<>();
        for (String url : urls) {
            for (Path file : latest(layout.state().resolve("substitute/cache").resolve(folder(url)))) {
                signer(file, trusted)
                        .map(key -> found.computeIfAbsent(key, _ -> new ArrayList<>()))
                        .filter(known -> !known.contains(url))
                        .ifPresent(known -> known.add(url));
            }
        }
        return found;
    }

    /** Base 32 as in RFC 4648, in small letters, of the hash of the address. */
    private static String folder(String url) {
        byte[] hash = Hash.sha256(url.getBytes(StandardCharsets.UTF_8)).octets();
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 8 * hash.length; bit += 5) {
            int index = bit / 8;
            int pair = (hash[index] & 0xff) << 8 | (index + 1 < hash.length ? hash[index + 1] & 0xff : 0);
            name.append(DIGITS.charAt(pair >> (11 - bit % 8) & 31));
        }
        return name.toString();
    }

    private static List<Path> latest(Path folder) {
        Comparator<Path> byTime = Comparator.comparing(file -> file.toFile().lastModified());
        PriorityQueue<Path> newest = new PriorityQueue<>(byTime);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                newest.add(file);
                if (newest.size() > LOOKED_AT) {
                    newest.remove();
                }
            }
        } catch (IOException _) {
            // Nobody asked that server, or the answers are somebody else's.
            return List.of();
        }
        return List.copyOf(newest);
    }

    private Optional<String> signer(Path file, TrustedKeys trusted) {
        try (InputStream in = Files.newInputStream(file)) {
            Datum answer = SchemeReader.read(Utf8.decode(in.readNBytes(MAX_FILE)));
            Optional<byte[]> text = text(answer);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Narinfo narinfo = NarinfoReader.read(text.get(), layout.storeDirectory());
            return narinfo.judge(trusted) instanceof Standing.Authorised(Voucher voucher)
                    ? switch (voucher) {
                        case Voucher.GuixKey guix -> Optional.of(guix.key().fingerprint());
                        case Voucher.NixKey nix -> Optional.of(nix.key().fingerprint());
                        case Voucher.Contents _ -> Optional.empty();
                    }
                    : Optional.empty();
        } catch (IOException | FormatException _) {
            return Optional.empty();
        }
    }

    /** In {@code (narinfo ... (value "TEXT"))}. */
    private static Optional<byte[]> text(Datum answer) {
        if (answer instanceof Datum.Listing list) {
            for (Datum element : list.elements()) {
                if (element instanceof Datum.Listing field
                        && field.elements().size() == 2
                        && field.elements().getFirst().equals(Datum.symbol("value"))
                        && field.elements().get(1) instanceof Datum.Text(String text)) {
                    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return Optional.empty();
    }
}
