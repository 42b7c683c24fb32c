// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.PathInfo;
import dev.cairn.database.StoreDatabase;
import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.NarFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import dev.cairn.signature.SecretKey;
import dev.cairn.trust.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts items into a store under names that others gave them, whatever the names of such items should be. */
final class Shelf {
    /** The shell that recordings of builds have been made with. */
    static final String SHELL = "6sjjc14hfkklyz30igjy0bfc3llg79ys-busybox";

    /** Of the key that archives in recordings were signed with. */
    private static final String RECORDED_MODULUS = "00C1F764069F54FFE93A126B02328903E984E4AE3AF6DF402B5B6B3907911B88"
            + "C385F1BA76A002EC9DEA109A5228EF0E62EE31A06D1A5861CAB474F6C857AC66EB65A1905F25BBA1869579E73A3B7FED13AF5A16"
            + "67326F88CDFC2FF24B03C14FD1384AA7E73CA89572880B606E3A974E15347963FC7B6378574936A47580DBCB45";

    private final StoreLayout layout;

    Shelf(StoreLayout layout) {
        this.layout = layout;
    }

    /** The shell of this machine under the name of the recordings' one; needs this machine's programs in sight. */
    Shelf shell() throws Exception {
        Path file = layout.physicalStore().resolve(SHELL + "/bin/sh");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                #!/bin/sh
                PATH=/usr/bin:/bin
                exec /bin/sh "$@"
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return register(SHELL, List.of(), Optional.empty(), Map.of());
    }

    /** A derivation that has the recordings' shell run a script. */
    Shelf derivation(String baseName, String output, String script, String... inputs) throws Exception {
        return derivation(baseName, Map.of("out", output), "", script, List.of(), inputs);
    }

    /** The same with more said. @param fixed algorithm and hash of the output, as in a derivation */
    Shelf derivation(
            String baseName,
            Map<String, String> outputs,
            String fixed,
            String script,
            List<String> sources,
            String... inputs)
            throws Exception {
        StringBuilder text = new StringBuilder("Derive([");
        String separator = "";
        for (Map.Entry<String, String> output : new TreeMap<>(outputs).entrySet()) {
            text.append(separator).append("(\"").append(output.getKey()).append("\",\"")
                    .append(path(output.getValue())).append("\",").append(fixed.isEmpty() ? "\"\",\"\"" : fixed)
                    .append(")");
            separator = ",";
        }
        text.append("],[");
        separator = "";
        for (String input : inputs) {
            text.append(separator).append("(\"").append(path(input)).append("\",[\"out\"])");
            separator = ",";
        }
        TreeSet<String> all = new TreeSet<>(sources);
        all.add(SHELL);
        text.append("],[");
        separator = "";
        for (String source : all) {
            text.append(separator).append('"').append(path(source)).append('"');
            separator = ",";
        }
        text.append("],\"x86_64-linux\",\"").append(path(SHELL)).append("/bin/sh\",[\"-c\",\"").append(script)
                .append("\"],[");
        separator = "";
        for (Map.Entry<String, String> output : new TreeMap<>(outputs).entrySet()) {
            text.append(separator).append("(\"").append(output.getKey()).append("\",\"")
                    .append(path(output.getValue())).append("\")");
            separator = ",";
        }
        text.append("])");
        write(baseName, text.toString());
        all.addAll(List.of(inputs));
        Map<String, StorePath> paths = new TreeMap<>();
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            paths.put(output.getKey(), layout.storeDirectory().item(output.getValue()));
        }
        return register(baseName, List.copyOf(all), Optional.empty(), paths);
    }

    /** A text that refers to nothing but what is said. */
    Shelf text(String baseName, String contents, String... references) throws Exception {
        write(baseName, contents);
        return register(baseName, List.of(references), Optional.empty(), Map.of());
    }

    /** The output of a derivation. */
    Shelf output(String baseName, String deriver, String... references) throws Exception {
        write(baseName, "made\n");
        return register(baseName, List.of(references), Optional.of(deriver), Map.of());
    }

    private void write(String baseName, String contents) throws Exception {
        Files.createDirectories(layout.physicalStore());
        Files.write(layout.physicalStore().resolve(baseName), contents.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Shelf register(
            String baseName, List<String> references, Optional<String> deriver, Map<String, StorePath> outputs)
            throws Exception {
        StorePath path = layout.storeDirectory().item(baseName);
        Path file = layout.physical(path);
        CanonicalMetadata.apply(file);
        NarFiles.Summary summary = NarFiles.summarise(file);
        TreeSet<StorePath> all = new TreeSet<>();
        for (String reference : references) {
            all.add(layout.storeDirectory().item(reference));
        }
        Optional<StorePath> from = Optional.empty();
        if (deriver.isPresent()) {
            from = Optional.of(layout.storeDirectory().item(deriver.get()));
        }
        PathInfo info =
                new PathInfo(path, summary.hash(), summary.size(), all, from, Instant.ofEpochSecond(1_700_000_000));
        try (StoreDatabase database = StoreDatabase.open(layout.database(), layout.storeDirectory())) {
            database.register(List.of(info), outputs.isEmpty() ? Map.of() : Map.of(path, new TreeMap<>(outputs)));
        }
        return this;
    }

    /** A link that is a root, at a logical name. */
    Shelf link(String name, String target) throws Exception {
        Path link = layout.root().resolve(name.substring(1));
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
        return this;
    }

    /** A root by way of a link outside of the store that is no more. */
    Shelf staleRoot(String baseName, String outside) throws Exception {
        return link("/var/guix/gcroots/auto/" + baseName, layout.root() + outside);
    }

    /** A file at a logical name. */
    Shelf file(String name) throws Exception {
        Path file = layout.root().resolve(name.substring(1));
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return this;
    }

    /** A key to sign with, and the public key of the recordings among those that are authorised. */
    Shelf keys() throws Exception {
        Path folder = Files.createDirectories(layout.configuration());
        Files.writeString(folder.resolve("signing-key.pub"), signingKey().publicKey().toString());
        Files.writeString(folder.resolve("signing-key.sec"), signingKey().fileText());
        Files.setPosixFilePermissions(folder.resolve("signing-key.sec"), PosixFilePermissions.fromString("r--------"));
        Files.writeString(folder.resolve("acl"), """
                (acl
                  (entry
                    (public-key (rsa (n #%s#) (e #010001#)))
                    (tag (guix import))))
                """.formatted(RECORDED_MODULUS));
        return this;
    }

    /** What {@link #signingKey} has signed is believed. */
    Shelf authorisedKey() throws Exception {
        new KeyFiles(layout.configuration()).authorise(signingKey().publicKey());
        return this;
    }

    /** The key that is signed with. */
    static SecretKey signingKey() throws Exception {
        JsonNode keys = JsonMapper.shared().readTree(Shelf.class.getResourceAsStream("/golden/signature/ecdsa.json"));
        return SecretKey.read(keys.get("secretKey").asString().getBytes(StandardCharsets.US_ASCII));
    }

    private String path(String baseName) {
        return layout.storeDirectory().path() + "/" + baseName;
    }
}
