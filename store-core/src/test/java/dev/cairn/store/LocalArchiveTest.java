// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static dev.cairn.testing.HandmadeNar.directory;
import static dev.cairn.testing.HandmadeNar.entry;
import static dev.cairn.testing.HandmadeNar.file;
import static dev.cairn.testing.HandmadeNar.inner;
import static dev.cairn.testing.HandmadeNar.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.archive.ItemDescription;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.layout.StoreLayout;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.testing.Golden;
import dev.cairn.trust.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Archives out of a store and into one. */
class LocalArchiveTest {
    private static final byte[] SIGNED = Golden.octets("archive/signed.nar");

    @TempDir
    Path folder;

    private StoreLayout layout;
    private Daemon daemon;

    @BeforeEach
    void open() throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, folder);
        daemon = LocalStore.open(layout);
        Files.createDirectories(layout.configuration());
        JsonNode key = Golden.json("signature/ecdsa.json");
        write("signing-key.pub", key.get("publicKey").asString(), "r--r--r--");
        write("signing-key.sec", key.get("secretKey").asString(), "r--------");
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    @Test
    void takesInWhatGuixExportedAndExportsTheSame() throws Exception {
        List<StorePath> imported = importItems(SIGNED);
        assertThat(imported)
                .extracting(StorePath::toString)
                .containsExactlyElementsOf(Golden.json("archive/signed.json").get("items").valueStream()
                        .map(item -> item.get("path").asString())
                        .toList());
        assertThat(daemon.pathInfo(imported.get(2)).orElseThrow().references())
                .containsExactly(imported.get(0), imported.get(1));
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        assertThat(export(imported, true)).isEqualTo(SIGNED);
        assertThat(strays()).isEmpty();
        assertThat(importItems(SIGNED)).as("again").isEqualTo(imported);
        assertThat(importItems(Golden.octets("archive/empty.nar"))).isEmpty();
        assertThat(strays()).isEmpty();
    }

    @Test
    void makesImportedFilesCanonical() throws Exception {
        byte[] large = new byte[20_000];
        byte[] nar = nar(writer -> {
            writer.directoryStart();
            writer.entry("empty");
            writer.directoryStart();
            writer.directoryEnd();
            writer.entry("large");
            writer.regular(true, large);
            writer.entry("link");
            writer.symlink("large");
            writer.entry("same");
            writer.regular(true, large);
            writer.directoryEnd();
        });
        StorePath item = importItems(signed(nar, "tree", List.of(), Optional.empty())).getFirst();
        Path place = daemon.physical(item);
        for (Path path : List.of(place, place.resolve("empty"), place.resolve("large"), place.resolve("same"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("r-xr-xr-x");
        }
        try (Stream<Path> all = Files.walk(place)) {
            assertThat(all).allSatisfy(path -> assertThat(
                            Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis())
                    .isEqualTo(1000));
        }
        assertThat(Files.getAttribute(place.resolve("large"), "unix:ino"))
                .isEqualTo(Files.getAttribute(place.resolve("same"), "unix:ino"));
        assertThat(daemon.pathInfo(item).orElseThrow().narHash()).isEqualTo(Hash.sha256(nar));
        assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
    }

    @Test
    void keepsOnlyDeriversThatAreValid() throws Exception {
        StorePath deriver = daemon.addText("item.text", new byte[] {1}, List.of());
        StorePath missing = StoreDirectory.GNU.item("0".repeat(32) + "-missing.drv");
        byte[] nar = nar(writer -> writer.regular(false, new byte[] {1}));
        assertThat(info(importItems(signed(nar, "a", List.of(), Optional.of(deriver)))).deriver()).contains(deriver);
        assertThat(info(importItems(signed(nar, "b", List.of(), Optional.of(missing)))).deriver()).isEmpty();
    }

    @Test
    void wantsReferencesThatAreValid() throws Exception {
        StorePath missing = StoreDirectory.GNU.item("0".repeat(32) + "-missing");
        byte[] nar = nar(writer -> writer.regular(false, new byte[] {1}));
        byte[] archive = signed(nar, "item", List.of(missing), Optional.empty());
        assertThatThrownBy(() -> importItems(archive))
                .isInstanceOfSatisfying(DaemonException.NotValid.class, e -> assertThat(e.wireMessage())
                        .isEqualTo("path ‘" + missing + "’ is not valid"));
        assertThat(daemon.allPaths()).isEmpty();
        assertThat(strays()).isEmpty();
        StorePath self = item("item");
        assertThat(info(importItems(signed(nar, "item", List.of(self), Optional.empty()))).references())
                .containsExactly(self);
    }

    @Test
    void refusesItemsThatAreNotSigned() throws Exception {
        assertRefused(
                Golden.octets("archive/unsigned.nar"),
                "imported archive of `/gnu/store/lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt' lacks a signature",
                "not signed");
    }

    @Test
    void refusesItemsOfUnknownKeys() throws Exception {
        write("acl", "(acl)", "rw-------");
        assertRefused(SIGNED, "unauthorized public key: (public-key \n (ecc \n", "not authorised");
        new KeyFiles(layout.configuration())
                .authorise(PublicKey.read(Files.readAllBytes(layout.configuration().resolve("signing-key.pub"))));
        assertThat(importItems(SIGNED)).hasSize(3);
    }

    @Test
    void refusesWhatWasTamperedWith() throws Exception {
        byte[] nar = nar(writer -> writer.regular(false, new byte[] {1}));
        byte[] archive = signed(nar, "item", List.of(), Optional.empty());
        int contents = 8 + 96;
        assertThat(archive[contents]).isEqualTo((byte) 1);
        archive[contents] = 2;
        assertRefused(
                archive,
                "signed hash doesn't match actual contents of imported archive; archive could be corrupt, or "
                        + "someone is trying to import a Trojan horse",
                "tampered");
        String forged = new String(SIGNED, StandardCharsets.ISO_8859_1).replaceFirst("\\(r #0767", "(r #0768");
        assertRefused(forged.getBytes(StandardCharsets.ISO_8859_1), "invalid signature: (signature ", "not by the key");
        String damaged = new String(SIGNED, StandardCharsets.ISO_8859_1).replaceFirst("\\(data ", "(atad ");
        assertRefused(damaged.getBytes(StandardCharsets.ISO_8859_1), "corrupt signature data: ", "damaged");
        String unreadable = new String(SIGNED, StandardCharsets.ISO_8859_1).replaceFirst("\\(signature", ")signature");
        assertRefused(unreadable.getBytes(StandardCharsets.ISO_8859_1), "corrupt signature data: ", "damaged");
    }

    @Test
    void refusesEveryChangedOctetOfAnItem() throws Exception {
        int end = 656;
        for (int i = 8; i < end; i += 3) {
            byte[] changed = Arrays.copyOf(SIGNED, end + 8);
            Arrays.fill(changed, end, end + 8, (byte) 0);
            changed[i] ^= 4;
            try {
                importItems(changed);
                assertThat(i).as("an octet that means nothing: white space of the signature").isGreaterThan(224);
                daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                daemon.close();
                daemon = LocalStore.open(layout);
                daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            } catch (DaemonException.Refused _) {
                assertThat(daemon.allPaths()).as("octet " + i).isEmpty();
            }
            assertThat(strays()).as("octet " + i).isEmpty();
        }
    }

    @Test
    void importsNothingOfAnItemThatIsCutShort() throws Exception {
        int[] ends = {656, 1328, 2128};
        for (int length = 0; length < SIGNED.length; length++) {
            byte[] cut = Arrays.copyOf(SIGNED, length);
            assertThatThrownBy(() -> importItems(cut))
                    .isInstanceOfSatisfying(DaemonException.Refused.class, e -> {
                        assertThat(e.wireMessage()).isEqualTo("unexpected end-of-file");
                        assertThat(e).hasMessageContaining("cut short");
                    });
            int now = length;
            assertThat(daemon.allPaths())
                    .as("length " + length)
                    .hasSize((int) Arrays.stream(ends).filter(end -> end <= now).count());
            assertThat(strays()).as("length " + length).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoArchive() throws Exception {
        assertRefused(
                new byte[] {7, 0, 0, 0, 0, 0, 0, 0},
                "input doesn't look like something created by `nix-store --export'",
                "no export archive");
        byte[] magic = SIGNED.clone();
        magic[120] = 'n';
        assertRefused(magic, "normalized archive cannot be imported; wrong format", "another format");
        byte[] path = SIGNED.clone();
        path[120 + 16] = 'x';
        assertRefused(
                path, "path `xgnu/store/10vvmw4rs15w4nw32yd0555fblakzj6j-empty' is not in the store", "no name");
    }

    @Test
    void refusesHostileContents() throws Exception {
        for (JsonNode input : Golden.json("nar/inputs.json").get("inputs")) {
            if (!input.get("accepted").asBoolean()) {
                String name = input.get("name").asString();
                assertHostile(Golden.hex(input, "octets"), name);
            }
        }
        String outside = "0100000000000000" + "2f00000000000000";
        for (String name : List.of("..", ".", "", "a/b", "/etc", "../../../etc/passwd", "a\0b", "x".repeat(256))) {
            assertHostile(directory(entry(name, file("x"))), name);
        }
        assertHostile(directory(entry("b", file("1")), entry("a", file("2"))), "unsorted");
        assertHostile(directory(entry("a", file("1")), entry("a", file("2"))), "duplicate");
        assertHostile(
                directory(entry("a", link(folder.toString())), entry("a", inner(entry("b", file("2"))))),
                "file below a symlink");
        assertHostile(HexFormat.of().parseHex(outside), "no NAR");
        for (String length : List.of("0000000000000080", "ffffffffffffffff", "ffffffffffffff7f")) {
            byte[] huge = nar(writer -> writer.regular(false, new byte[] {1}));
            System.arraycopy(HexFormat.of().parseHex(length), 0, huge, 88, 8);
            assertHostile(huge, "length " + length);
        }
        assertThat(folder.resolve("b")).doesNotExist();
    }

    private void assertHostile(byte[] nar, String what) throws Exception {
        byte[] archive = new byte[8 + nar.length];
        archive[0] = 1;
        System.arraycopy(nar, 0, archive, 8, nar.length);
        for (byte[] input : List.of(archive, nar)) {
            assertThatThrownBy(() -> {
                        if (input == archive) {
                            importItems(archive);
                        } else {
                            daemon.addNar("item", new ByteArrayInputStream(nar), true, HashAlgorithm.SHA256);
                        }
                    })
                    .as(what)
                    .isInstanceOf(DaemonException.Refused.class);
            assertThat(daemon.allPaths()).as(what).isEmpty();
            assertThat(strays()).as(what).isEmpty();
        }
    }

    @Test
    void signsOnlyWithASecretKey() throws Exception {
        StorePath item = daemon.addText("item", new byte[] {1}, List.of());
        Path key = layout.configuration().resolve("signing-key.sec");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r-----"));
        assertThatThrownBy(() -> export(List.of(item), true))
                .isInstanceOfSatisfying(DaemonException.Refused.class, e -> assertThat(e.wireMessage())
                        .isEqualTo("file `" + key + "' should be secret (inaccessible to everybody else)!"));
        Files.delete(key);
        assertThatThrownBy(() -> export(List.of(item), true))
                .isInstanceOf(DaemonException.Refused.class)
                .hasMessageContaining("no signing key");
        assertThat(export(List.of(item), false)).isNotEmpty();
    }

    @Test
    void exportsOnlyWhatIsAsRegistered() throws Exception {
        StorePath missing = StoreDirectory.GNU.item("0".repeat(32) + "-missing");
        assertThatThrownBy(() -> export(List.of(missing), false))
                .isInstanceOfSatisfying(DaemonException.NotValid.class, e -> assertThat(e.wireMessage())
                        .isEqualTo("path `" + missing + "' is not valid"));
        StorePath item = daemon.addText("item", new byte[] {1}, List.of());
        String before = daemon.pathInfo(item).orElseThrow().narHash().hex();
        Path file = daemon.physical(item);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.write(file, new byte[] {2});
        String after = Hash.sha256(nar(writer -> writer.regular(false, new byte[] {2}))).hex();
        assertThatThrownBy(() -> export(List.of(item), true))
                .isInstanceOfSatisfying(DaemonException.Refused.class, e -> assertThat(e.wireMessage())
                        .isEqualTo("hash of path `" + item + "' has changed from `" + before + "' to `" + after
                                + "'!"));
    }

    private void assertRefused(byte[] archive, String wire, String message) throws Exception {
        assertThatThrownBy(() -> importItems(archive))
                .isInstanceOfSatisfying(DaemonException.Refused.class, e -> {
                    assertThat(e.wireMessage()).startsWith(wire);
                    assertThat(e).hasMessageContaining(message);
                    assertThat(e.hint()).isPresent();
                });
        assertThat(daemon.allPaths()).isEmpty();
        assertThat(strays()).isEmpty();
    }

    private List<StorePath> importItems(byte[] archive) throws DaemonException {
        return daemon.importItems(new ByteArrayInputStream(archive), EventSink.NONE);
    }

    private byte[] export(Collection<StorePath> items, boolean sign) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        for (StorePath item : items) {
            writer.beginItem();
            daemon.exportItem(item, sign, out);
        }
        writer.end();
        return out.toByteArray();
    }

    private PathInfo info(List<StorePath> items) throws DaemonException {
        return daemon.pathInfo(items.getFirst()).orElseThrow();
    }

    private static StorePath item(String name) throws Exception {
        return StoreDirectory.GNU.item("1".repeat(32) + "-" + name);
    }

    /** An archive of one item, signed by the store's own key. */
    private byte[] signed(byte[] nar, String name, List<StorePath> references, Optional<StorePath> deriver)
            throws Exception {
        SecretKey key = new KeyFiles(layout.configuration()).signingKey();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out);
        writer.beginItem();
        ArchiveWriter.Item item = new ArchiveWriter.Item(out);
        item.contents().write(nar);
        Hash hash = item.describe(new ItemDescription(item(name), new TreeSet<>(references), deriver));
        item.sign(Optional.of(key.sign(hash).octets()));
        writer.end();
        return out.toByteArray();
    }

    /** What is in the store's folder without being a valid item. */
    private List<String> strays() throws Exception {
        List<String> valid = daemon.allPaths().stream().map(StorePath::baseName).toList();
        return FileTrees.entries(layout.physicalStore()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(".links") && !name.equals("trash") && !valid.contains(name))
                .toList();
    }

    private void write(String name, String text, String permissions) throws IOException {
        Path file = layout.configuration().resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private interface Tree {
        void write(NarWriter writer) throws IOException;
    }

    private static byte[] nar(Tree tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        tree.write(writer);
        writer.finish();
        return out.toByteArray();
    }
}
