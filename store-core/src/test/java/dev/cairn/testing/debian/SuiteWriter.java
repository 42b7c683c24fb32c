// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.bcpg.HashAlgorithmTags;

/** Writes one suite: packages into the pool, then the indices, then the release over them. */
final class SuiteWriter {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path archive;
    private final MiniSuite suite;
    private final Path folder;
    private final SortedMap<String, byte[]> listed = new TreeMap<>();

    SuiteWriter(Path archive, MiniSuite suite) {
        this.archive = archive;
        this.suite = suite;
        this.folder = suite.flat() ? archive.resolve(suite.name).normalize() : archive.resolve("dists", suite.name);
    }

    /** Relative to the archive's root. */
    static String poolName(DebWriter deb, String component) {
        String source = deb.find("Source").orElse(deb.name());
        return "pool/" + (component.isEmpty() ? "" : component + "/") + source.charAt(0) + "/" + source + "/"
                + deb.fileName();
    }

    void write() throws IOException {
        for (Map.Entry<String, List<DebWriter>> component : suite.components.entrySet()) {
            for (String architecture : suite.architectures) {
                StringBuilder packages = new StringBuilder();
                for (DebWriter deb : component.getValue()) {
                    if (deb.architecture().equals(architecture) || deb.architecture().equals("all")) {
                        packages.append(paragraph(deb, component.getKey())).append('\n');
                    }
                }
                String place = suite.flat() ? "" : component.getKey() + "/binary-" + architecture + "/";
                index(place + "Packages", packages.toString());
            }
            if (suite.translated) {
                StringBuilder translation = new StringBuilder();
                component.getValue().forEach(deb -> translation.append(translation(deb)).append('\n'));
                index(component.getKey() + "/i18n/Translation-en", translation.toString());
            }
        }
        release();
    }

    private String paragraph(DebWriter deb, String component) throws IOException {
        byte[] octets = deb.octets();
        Path file = archive.resolve(poolName(deb, component));
        Files.createDirectories(file.getParent());
        Files.write(file, octets);
        Map<String, String> fields = new LinkedHashMap<>(deb.fields());
        if (suite.translated) {
            fields.put("Description", deb.find("Description").orElseThrow().lines().findFirst().orElseThrow());
            fields.put("Description-md5", descriptionDigest(deb));
        }
        fields.put("Filename", poolName(deb, component));
        fields.put("Size", Integer.toString(octets.length));
        fields.put("SHA256", digest("SHA-256", octets));
        return Paragraphs.text(fields);
    }

    private static String translation(DebWriter deb) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Package", deb.name());
        fields.put("Description-md5", descriptionDigest(deb));
        fields.put("Description-en", deb.find("Description").orElseThrow());
        return Paragraphs.text(fields);
    }

    private static String descriptionDigest(DebWriter deb) {
        return digest("MD5", (deb.find("Description").orElseThrow() + "\n").getBytes(UTF_8));
    }

    /** Writes an index in all its forms and remembers them for the release. */
    private void index(String name, String text) throws IOException {
        byte[] plain = text.getBytes(UTF_8);
        listed.put(name, plain);
        if (suite.patches.isPresent()) {
            patches(name, plain);
        }
        for (Packing packing : suite.packings) {
            byte[] packed = packing.pack(plain);
            listed.put(name + packing.suffix(), packed);
            write(folder.resolve(name + packing.suffix()), packed);
        }
    }

    /** Writes what has changed since the index was written before. */
    private void patches(String name, byte[] plain) throws IOException {
        List<byte[]> history = suite.history.computeIfAbsent(name, _ -> new ArrayList<>());
        boolean merged = suite.patches.orElseThrow();
        StringBuilder old = new StringBuilder();
        StringBuilder scripts = new StringBuilder();
        StringBuilder downloads = new StringBuilder();
        for (int i = 0; i < history.size(); i++) {
            byte[] from = history.get(i);
            byte[] to = merged || i + 1 == history.size() ? plain : history.get(i + 1);
            byte[] script = EdWriter.script(new String(from, UTF_8), new String(to, UTF_8)).getBytes(UTF_8);
            byte[] packed = Packing.GZIP.pack(script);
            old.append(String.format("\n %s %d P-%d", digest("SHA-256", from), from.length, i));
            scripts.append(String.format("\n %s %d P-%d", digest("SHA-256", script), script.length, i));
            downloads.append(String.format("\n %s %d P-%d.gz", digest("SHA-256", packed), packed.length, i));
            Path file = folder.resolve(name + ".diff/P-" + i + ".gz");
            Files.createDirectories(file.getParent());
            Files.write(file, packed);
        }
        if (!history.isEmpty()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("SHA256-Current", digest("SHA-256", plain) + " " + plain.length);
            fields.put("SHA256-History", old.toString());
            fields.put("SHA256-Patches", scripts.toString());
            fields.put("SHA256-Download", downloads.toString());
            if (merged) {
                fields.put("X-Patch-Precedence", "merged");
            }
            byte[] index = Paragraphs.text(fields).getBytes(UTF_8);
            listed.put(name + ".diff/Index", index);
            Files.write(folder.resolve(name + ".diff/Index"), index);
        }
        history.add(plain);
    }

    private void write(Path file, byte[] contents) throws IOException {
        byte[] spoilt = contents;
        if (suite.flaws.contains(MiniSuite.Flaw.TRUNCATED_INDEX)) {
            spoilt = Arrays.copyOf(contents, contents.length / 2);
        } else if (suite.flaws.contains(MiniSuite.Flaw.OVERSIZED_INDEX)) {
            spoilt = Arrays.copyOf(contents, contents.length + 1000);
        }
        Files.createDirectories(file.getParent());
        Files.write(file, spoilt);
        if (suite.byHash) {
            Path byHash = file.resolveSibling("by-hash/SHA256");
            Files.createDirectories(byHash);
            Files.write(byHash.resolve(promised(contents)), spoilt);
        }
    }

    /** The digest that the release tells. */
    private String promised(byte[] contents) {
        String digest = digest("SHA-256", contents);
        return suite.flaws.contains(MiniSuite.Flaw.WRONG_HASH) ? digest.substring(1) + "0" : digest;
    }

    private void release() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>(suite.fields);
        fields.put("Date", date(suite.date));
        suite.validUntil.ifPresent(time -> fields.put("Valid-Until", date(time)));
        if (suite.byHash) {
            fields.put("Acquire-By-Hash", "yes");
        }
        fields.put("Architectures", String.join(" ", suite.architectures));
        if (!suite.flat()) {
            fields.put("Components", String.join(" ", suite.components.keySet()));
        }
        StringBuilder digests = new StringBuilder();
        listed.forEach((name, contents) -> digests.append(
                String.format("\n %s %d %s", promised(contents), contents.length, name)));
        fields.put("SHA256", digests.toString());
        sign(Paragraphs.text(fields));
    }

    private void sign(String text) throws IOException {
        for (String name : List.of("Release", "Release.gpg", "InRelease")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.createDirectories(folder);
        boolean bad = suite.flaws.contains(MiniSuite.Flaw.BAD_SIGNATURE);
        Files.writeString(folder.resolve("Release"), bad ? spoil(text) : text);
        if (suite.flaws.contains(MiniSuite.Flaw.NOT_SIGNED)) {
            return;
        }
        int digest =
                suite.flaws.contains(MiniSuite.Flaw.WEAK_DIGEST) ? HashAlgorithmTags.SHA1 : HashAlgorithmTags.SHA512;
        Files.write(folder.resolve("Release.gpg"), suite.key.sign(text.getBytes(UTF_8), digest, Instant.now()));
        if (!suite.flaws.contains(MiniSuite.Flaw.NO_INRELEASE)) {
            String signed = new String(suite.key.clearSign(text, digest, Instant.now()), UTF_8);
            Files.writeString(folder.resolve("InRelease"), bad ? spoil(signed) : signed);
        }
    }

    private static String spoil(String text) {
        return text.replace("Origin: ", "Origin: x");
    }

    private static String date(Instant time) {
        return DATE.format(time);
    }

    static String digest(String algorithm, byte[] contents) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(contents));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
