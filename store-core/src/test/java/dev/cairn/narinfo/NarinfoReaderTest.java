// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.Gen;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NarinfoReaderTest {
    private static final String ITEM = "lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt";
    private static final String PLAIN = """
            StorePath: /gnu/store/%s
            URL: nar/hello
            Compression: zstd
            FileSize: 90
            FileHash: sha256:1kky6dc5n4sjgmxja7hnbzc718hf0anqj3qc3l9w9gwcifd3fjaq
            NarHash: sha256:1kky6dc5n4sjgmxja7hnbzc718hf0anqj3qc3l9w9gwcifd3fjaq
            NarSize: 128
            References: 10vvmw4rs15w4nw32yd0555fblakzj6j-empty %s
            Deriver: 7zklvi3sgzx5afzn2nxnvsmixwl2d7z3-hello.drv
            System: x86_64-linux
            """.formatted(ITEM, ITEM);

    @Test
    void readsEveryField() throws Exception {
        Narinfo narinfo = read(PLAIN);
        assertThat(narinfo.path()).hasToString("/gnu/store/" + ITEM);
        assertThat(narinfo.claim().narHash().base32())
                .isEqualTo("1kky6dc5n4sjgmxja7hnbzc718hf0anqj3qc3l9w9gwcifd3fjaq");
        assertThat(narinfo.claim().narSize()).isEqualTo(128);
        assertThat(narinfo.claim().references())
                .extracting(StorePath::name)
                .containsExactly("empty", "hello.txt");
        assertThat(narinfo.claim().deriver().orElseThrow().name()).isEqualTo("hello.drv");
        assertThat(narinfo.system()).contains("x86_64-linux");
        NarChoice nar = narinfo.nars().getFirst();
        assertThat(nar.compression()).isEqualTo(Compression.ZSTD);
        assertThat(nar.fileSize()).isEqualTo(OptionalLong.of(90));
        assertThat(nar.fileHash()).contains(narinfo.claim().narHash());
        assertThat(narinfo.signatures()).isEqualTo(Signatures.NONE);
    }

    @Test
    void refusesAnotherItemThanWasAskedFor() throws Exception {
        StorePath other = StoreDirectory.GNU.item("lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txT");
        assertThatThrownBy(() -> NarinfoReader.read(octets(PLAIN), other))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("it is about /gnu/store/" + ITEM + ", not about " + other);
    }

    @Test
    void refusesAnotherStore() {
        assertThatThrownBy(() -> NarinfoReader.read(octets(PLAIN), StoreDirectory.NIX))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("is not in the store /nix/store");
    }

    @Test
    void knowsWhatItCannotDecompress() throws Exception {
        Narinfo narinfo = read(PLAIN.replace("zstd", "br") + "URL: nar/xz/hello\nCompression: xz\n");
        assertThat(narinfo.otherCompressions()).containsExactly("br");
        assertThat(narinfo.nars()).extracting(NarChoice::compression).containsExactly(Compression.XZ);
        assertThat(narinfo.nars().getFirst().fileSize()).isEmpty();
    }

    @Test
    void takesNixsUsualCompressionWhereNoneIsNamed() throws Exception {
        assertThat(read(PLAIN.replace("Compression: zstd\n", "")).nars().getFirst().compression())
                .isEqualTo(Compression.BZIP2);
    }

    @Test
    void refusesLiesOfEveryKind() {
        List<String> lies = List.of(
                "",
                "\n" + PLAIN,
                PLAIN.replace("StorePath:", "Storepath:"),
                PLAIN.replace("/gnu/store/", "/gnu/store/../"),
                PLAIN.replace("/gnu/store/", "/gnu/storm/"),
                PLAIN.replace("NarSize: 128", "NarSize: -1"),
                PLAIN.replace("NarSize: 128", "NarSize: 128 "),
                PLAIN.replace("NarSize: 128", "NarSize: 9999999999999999999"),
                PLAIN.replace("NarSize: 128\n", ""),
                PLAIN.replace("FileSize: 90", "FileSize: many"),
                PLAIN.replace("NarHash: sha256:1", "NarHash: sha256:2z"),
                PLAIN.replace("NarHash: sha256:1", "NarHash: sha255:1"),
                PLAIN.replaceFirst("NarHash: sha256:.*", "NarHash: md5:d41d8cd98f00b204e9800998ecf8427e"),
                PLAIN.replace("References:", "References: ../etc"),
                PLAIN.replace("References:", "References: /gnu/store/" + ITEM),
                PLAIN.replace("References: 10vvmw4r", "References: e0vvmw4r"),
                PLAIN.replace("-hello.drv", "-hello.txt"),
                PLAIN.replace("Deriver: ", "Deriver: /gnu/store/"),
                PLAIN.replace("URL: nar/hello", "URL: nar/he llo"),
                PLAIN.replace("URL: nar/hello", "URL: "),
                PLAIN.replace("URL: nar/hello\n", ""),
                PLAIN.replace("\n", "\r\n"),
                PLAIN.replace("\n", " \n"),
                PLAIN + "CA: fixed:r:md5:hello\n",
                PLAIN + "Sig: a:b\n".repeat(101),
                PLAIN + "URL: x\n".repeat(101),
                PLAIN + "# x\n".repeat(1000),
                PLAIN + "+x" + "x".repeat(Narinfo.MAX_LENGTH));
        for (String lie : lies) {
            assertThatThrownBy(() -> read(lie)).as(lie.substring(0, Math.min(lie.length(), 700)))
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void neverFailsButInItsOwnWords() {
        byte[] real = Golden.octets("narinfo/four-nars.narinfo");
        Gen<Integer> positions = Gen.integers(0, real.length - 1);
        positions.flatMap(at -> Gen.integers(0, 255).map(octet -> new int[] {at, octet})).check(3000, change -> {
            byte[] changed = real.clone();
            changed[change[0]] = (byte) change[1];
            try {
                Narinfo narinfo = NarinfoReader.read(changed, StoreDirectory.GNU);
                assertThat(narinfo.octets()).isEqualTo(changed);
            } catch (FormatException e) {
                assertThat(e.format()).isNotEmpty();
            }
        });
        Gen.octets(0, 300).check(2000, octets -> {
            try {
                NarinfoReader.read(octets, StoreDirectory.GNU);
            } catch (FormatException e) {
                assertThat(e.format()).isNotEmpty();
            }
        });
    }

    private static Narinfo read(String text) throws FormatException {
        return NarinfoReader.read(octets(text), StoreDirectory.GNU);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
