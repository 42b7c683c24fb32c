// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.hash.Hash;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Claim;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.NarChoice;
import dev.cairn.narinfo.NarinfoWriter;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSignersTest {
    private static final String FARM = "https://farm.example.org";

    @TempDir
    private Path root;

    private StoreLayout layout;
    private SecretKey key;
    private TrustedKeys trusted;
    private StorePath item;

    @BeforeEach
    void prepare() throws Exception {
        layout = new StoreLayout(StoreDirectory.GNU, root);
        key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS.getBytes(StandardCharsets.US_ASCII)));
        trusted = new TrustedKeys(new AccessList(List.of(key.publicKey())), List.of());
        item = StoreDirectory.GNU.item("lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt");
    }

    /** Has an answer kept as look-ups do. @param references how many there are; they make it long */
    private void keep(String url, int references) throws Exception {
        List<StorePath> all = new ArrayList<>();
        for (int i = 0; i < references; i++) {
            String hash = Hash.sha256(new byte[] {(byte) i, (byte) (i >> 8)}).base32().substring(0, 32);
            all.add(StoreDirectory.GNU.item(hash + "-" + "n".repeat(150)));
        }
        Claim claim = new Claim(item, Hash.sha256(new byte[0]), 120, all, Optional.empty());
        byte[] narinfo = NarinfoWriter.guix(
                claim, "host", key, List.of(NarChoice.published("nar", Compression.NONE, item, OptionalLong.of(1))));
        try (NarinfoCache cache = new NarinfoCache(NarinfoCache.folder(layout), InstantSource.system())) {
            cache.write(SubstituteServer.parse(url), item, Optional.of(narinfo), Duration.ofHours(1));
        }
    }

    private List<String> signed(String... urls) {
        return new LastSigners(layout)
                .of(List.of(urls), trusted)
                .getOrDefault(key.publicKey().fingerprint(), List.of());
    }

    @Test
    void knowsWhoSignedWhatWasLookedUp() throws Exception {
        assertThat(signed(FARM)).isEmpty();
        keep(FARM, 3);
        assertThat(signed(FARM, "https://other.example.org", "no address")).containsExactly(FARM);
        trusted = TrustedKeys.NONE;
        assertThat(signed(FARM)).as("nobody is believed").isEmpty();
    }

    @Test
    void knowsServersWithAPriorityByTheirAddress() throws Exception {
        keep(FARM + "?priority=7", 3);
        assertThat(signed(FARM + "?priority=9")).containsExactly(FARM + "?priority=9");
    }

    @Test
    void readsAnswersOfAnyLengthThatIsKept() throws Exception {
        keep(FARM, 800);
        assertThat(signed(FARM)).containsExactly(FARM);
    }

    @Test
    void passesOverWhatIsDamagedOrOfAnotherServer() throws Exception {
        keep(FARM, 1);
        Path folder = NarinfoCache.folder(layout).resolve(NarinfoCache.name(SubstituteServer.parse(FARM)));
        String text = Files.readString(folder.resolve(item.hashPart()));
        Files.writeString(folder.resolve(item.hashPart()), text.replace(FARM, "https://else.example.org"));
        Files.writeString(folder.resolve("damaged"), "(narinfo");
        assertThat(signed(FARM)).isEmpty();
    }
}
