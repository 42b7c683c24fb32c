// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.path.StoreDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final String ITEM = "/gnu/store/lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt";

    @Test
    void writesWhatTheProtocolSays() throws IOException {
        byte[] written = written(out -> {
            out.writeInt(0x164);
            out.writeBool(true);
            out.writeText("short");
            out.writeText("");
            out.writeTexts(List.of("12345678"));
            out.writePairs(List.of(Map.entry("a", "b")));
        });

        assertThat(HexFormat.of().formatHex(written)).isEqualTo(
                "6401000000000000" + "0100000000000000" + "050000000000000073686f7274000000" + "0000000000000000"
                        + "0100000000000000" + "08000000000000003132333435363738"
                        + "0100000000000000" + "01000000000000006100000000000000" + "01000000000000006200000000000000");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 'x');
        WireReader in = reader(written(out -> {
            out.writeLong(-1);
            out.writeBytes(large);
            out.writeText("d\u00e9j\u00e0 \u2018vu\u2019");
            out.writeTexts(List.of("a", "", "c"));
            out.writeText(ITEM);
        }));

        assertThat(in.readLong()).isEqualTo(-1);
        assertThat(in.readBytes(large.length)).isEqualTo(large);
        assertThat(in.readText(100)).isEqualTo("d\u00e9j\u00e0 \u2018vu\u2019");
        assertThat(in.readTexts()).containsExactly("a", "", "c");
        assertThat(in.readStorePath(StoreDirectory.GNU)).hasToString(ITEM);
        assertThat(in.stream().read()).isEqualTo(-1);
    }

    @Test
    void refusesIntegersOfMoreThan32Bits() {
        assertThatThrownBy(() -> reader("0000000001000000").readInt())
                .isInstanceOf(WireException.class)
                .hasMessage("implementation cannot deal with > 32-bit integers");
        assertThatThrownBy(() -> reader("ffffffffffffffff").readInt()).isInstanceOf(WireException.class);
    }

    @Test
    void takesIntegersUpTo32Bits() throws IOException {
        assertThat(reader("ffffffff00000000").readInt()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void refusesPaddingThatIsNotZero() {
        assertThatThrownBy(() -> reader("0100000000000000" + "6100000000000001").readText(10))
                .isInstanceOf(WireException.class)
                .hasMessage("non-zero padding");
    }

    @Test
    void refusesLongStringsBeforeReadingThem() {
        assertThatThrownBy(() -> reader("ffffff7f00000000").readBytes(1000))
                .isInstanceOf(WireException.class)
                .hasMessage("string is too long");
    }

    @Test
    void takesNoMemoryForWhatDoesNotCome() {
        assertThatThrownBy(() -> reader("ffffff7f00000000" + "00").readBytes(Integer.MAX_VALUE))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader("0000400000000000").readTexts()).isInstanceOf(EOFException.class);
    }

    @Test
    void refusesLongLists() {
        assertThatThrownBy(() -> reader("ffffff7f00000000").readTexts())
                .isInstanceOf(WireException.class)
                .hasMessage("list is too long");
    }

    @Test
    void tellsStreamsThatEndInTheMiddle() {
        assertThatThrownBy(() -> reader("01000000").readLong()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader("0500000000000000616263").readText(10)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader("0500000000000000" + "6162636465").readText(10))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void asksOfStoreNamesWhatGuixDaemonAsks() throws IOException {
        assertThat(name("/gnu/store/x")).isEqualTo("/gnu/store/x");
        for (String bad : List.of("/gnu/store", "/gnu/store/", "/tmp/foo", ITEM + "/bin", "/gnu/storex/y")) {
            assertThatThrownBy(() -> name(bad))
                    .isInstanceOf(WireException.class)
                    .hasMessage("path `" + bad + "' is not in the store");
        }
    }

    @Test
    void readsFramesAsOneStream() throws IOException {
        WireReader in = reader(written(out -> {
            try (FramedOutput frames = new FramedOutput(out)) {
                frames.write("abc".getBytes());
                frames.write('d');
                frames.write(new byte[0]);
            }
            out.writeInt(7);
        }));

        try (InputStream frames = new FramedInput(in)) {
            assertThat(new String(frames.readAllBytes())).isEqualTo("abcd");
        }
        assertThat(in.readInt()).isEqualTo(7);
    }

    @Test
    void leavesNothingOfFramesBehind() throws IOException {
        WireReader in = reader(written(out -> {
            try (FramedOutput frames = new FramedOutput(out)) {
                frames.write(new byte[20_000]);
            }
            out.writeInt(7);
        }));

        try (InputStream frames = new FramedInput(in)) {
            assertThat(frames.read()).isZero();
        }
        assertThat(in.readInt()).isEqualTo(7);
    }

    @Test
    void refusesFramesOfNegativeLength() {
        FramedInput frames = new FramedInput(reader("0000000000000080"));
        assertThatThrownBy(frames::read).isInstanceOf(WireException.class);
        assertThatThrownBy(frames::close).isInstanceOf(WireException.class);
    }

    @Test
    void writesErrorsInBothDialects() throws IOException {
        for (Dialect dialect : Dialect.values()) {
            ErrorReport report = new ErrorReport("path `x' is not valid", 1);
            WireReader in = reader(written(out -> report.write(out, dialect, dialect.version())));
            assertThat(ErrorReport.read(in, dialect, dialect.version())).isEqualTo(report);
            assertThat(in.stream().read()).isEqualTo(-1);
        }
    }

    @Test
    void readsTheActivitiesItWrites() throws IOException {
        Activity.Started started = new Activity.Started(
                -5, 3, 105, "building", List.of(new Activity.Field.Text("x"), new Activity.Field.Number(-1)), 0);
        WireReader in = reader(written(started::write));

        assertThat(Message.of(in.readInt())).isEqualTo(Message.START_ACTIVITY);
        assertThat(Activity.readStarted(in)).isEqualTo(started);
    }

    @Test
    void knowsOperationsByDialect() {
        assertThat(Operation.of(Dialect.GUIX, 80)).contains(Operation.BUILTIN_BUILDERS);
        assertThat(Operation.of(Dialect.NIX, 80)).isEmpty();
        assertThat(Operation.of(Dialect.GUIX, 38)).isEmpty();
        assertThat(Operation.of(Dialect.NIX, 38)).contains(Operation.NAR_FROM_PATH);
        assertThat(Operation.of(Dialect.GUIX, 99)).isEmpty();
        assertThat(Operation.of(Dialect.GUIX, 0)).isEmpty();
    }

    private static String name(String text) throws IOException {
        return reader(written(out -> out.writeText(text))).readStoreName(StoreDirectory.GNU);
    }

    private interface Writing {
        void to(WireWriter out) throws IOException;
    }

    private static byte[] written(Writing writing) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        WireWriter out = new WireWriter(octets);
        writing.to(out);
        out.flush();
        return octets.toByteArray();
    }

    private static WireReader reader(byte[] octets) {
        return new WireReader(new ByteArrayInputStream(octets));
    }

    private static WireReader reader(String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }
}
