// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianVersionTest {
    /** Versions from parts that make a difference, so that equal and nearly equal ones are frequent. */
    private static final Gen<String> VERSIONS = Gen.of(List.of("", "0:", "1:", "00:", "10:"))
            .flatMap(epoch -> Gen.of(List.of("0", "1", "10", "01", "a", "Z", ".", "+", "~", "~~", "-", "rc", "b", "9"))
                    .lists(0, 7)
                    .map(parts -> epoch + "1" + String.join("", parts)));

    @ParameterizedTest
    @CsvSource({
        "1.0, <, 1.1",
        "1.2, <, 1.10",
        "1.0~rc1, <, 1.0",
        "1.0~~, <, 1.0~",
        "1.0~~, <, 1.0~~a",
        "1.0~~a, <, 1.0~",
        "1.0~, <, 1.0",
        "1.0, <, 1.0a",
        "1.0a, <, 1.0+",
        "1.0a, <, 1.0.",
        "1.0Z, <, 1.0a",
        "1.0+b1, <, 1.0.1",
        "1.0, <, 1:0.1",
        "9:1, <, 10:0",
        "0:1.0, =, 1.0",
        "00:1.0, =, 1.0",
        "1.0, =, 1.0-0",
        "1.00, =, 1.0",
        "1.0-1, =, 1.0-01",
        "1.0-1, <, 1.0-1+b1",
        "1.0-1~bpo12+1, <, 1.0-1",
        "1.0-1, <, 1.0-1.1",
        "1-2-3, <, 1-2-4",
        "1-9, <, 1-2-3",
        "99999999999999999999, <, 100000000000000000000",
        "123456789012345678901234567890, =, 00123456789012345678901234567890",
        "4294967296:1, >, 1:1",
        "1.0-, =, 1.0",
        "2.0, <, 1:"
    })
    void ordersAsDebianDoes(String a, String sign, String b) {
        int expected = switch (sign) {
            case "<" -> -1;
            case "=" -> 0;
            default -> 1;
        };
        assertThat(Integer.signum(DebianVersion.ORDER.compare(a, b))).isEqualTo(expected);
        assertThat(Integer.signum(DebianVersion.ORDER.compare(b, a))).isEqualTo(-expected);
    }

    @Test
    void isATotalOrder() {
        VERSIONS.lists(3, 3).check(5000, three -> {
            String a = three.get(0);
            String b = three.get(1);
            String c = three.get(2);
            var order = DebianVersion.ORDER;
            assertThat(order.compare(a, a)).isZero();
            assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
            if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
                assertThat(order.compare(a, c)).isLessThanOrEqualTo(0);
            }
            if (order.compare(a, b) == 0) {
                assertThat(Integer.signum(order.compare(a, c))).isEqualTo(Integer.signum(order.compare(b, c)));
            }
        });
    }

    @Test
    void neverFailsWhateverTheText() {
        Gen.strings("01:~-+.aZé \u0000", 0, 8).lists(2, 2).check(2000, two -> {
            int order = DebianVersion.ORDER.compare(two.get(0), two.get(1));
            assertThat(Integer.signum(DebianVersion.ORDER.compare(two.get(1), two.get(0))))
                    .isEqualTo(-Integer.signum(order));
        });
    }

    @Test
    void agreesWithDpkg() throws Exception {
        Path dpkg = Path.of("/usr/bin/dpkg");
        Assumptions.assumeTrue(Files.isExecutable(dpkg), "skipped: this machine has no /usr/bin/dpkg");
        var random = new Random(20260722);
        var script = new StringBuilder("compare() {\n"
                + "  for sign in lt eq gt; do\n"
                + "    if dpkg --compare-versions \"$1\" $sign \"$2\"; then echo \"$1 $sign $2\"; fi\n"
                + "  done\n}\n");
        String[] parts = {"0", "1", "10", "01", "a", "Z", ".", "+", "~", "rc", "-1", ":", "-"};
        for (int i = 0; i < 150; i++) {
            script.append("compare ").append(version(random, parts)).append(' ').append(version(random, parts));
            script.append('\n');
        }
        int answers = 0;
        for (String line : run(script.toString()).lines().toList()) {
            String[] words = line.split(" ");
            String sign = switch (Integer.signum(DebianVersion.ORDER.compare(words[0], words[2]))) {
                case -1 -> "lt";
                case 0 -> "eq";
                default -> "gt";
            };
            assertThat(words[0] + " " + sign + " " + words[2]).isEqualTo(line);
            answers++;
        }
        assertThat(answers).isEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0-1", "2:1.0~rc1+dfsg-1+b2", "1:2:3-4", "1-2-3", "a", "20210101.gitabc"})
    void acceptsVersions(String text) {
        assertThat(DebianVersion.isVersion(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:", ":1", "a:1", "-1", "1-", "1 0", "1_0", "1:-1", "1/2", "é", "1\n", "${version}"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(DebianVersion.isVersion(text)).isFalse();
    }

    @Test
    void refusesVeryLongVersions() {
        assertThat(DebianVersion.isVersion("1".repeat(DebianVersion.LONGEST))).isTrue();
        assertThat(DebianVersion.isVersion("1".repeat(DebianVersion.LONGEST + 1))).isFalse();
    }

    private static String version(Random random, String[] parts) {
        var version = new StringBuilder(random.nextInt(4) == 0 ? random.nextInt(2) + ":1" : "1");
        boolean colon = version.length() > 1;
        for (int i = random.nextInt(6); i > 0; i--) {
            String part = parts[random.nextInt(parts.length)];
            version.append(part.equals(":") && !colon ? "." : part);
        }
        return version.append('1').toString();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        }
    }
}
