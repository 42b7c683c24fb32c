// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AptConfReaderTest {
    private static AptConf read(String... texts) {
        var reader = new AptConfReader();
        for (String text : texts) {
            reader.read("apt.conf", text);
        }
        assertThat(reader.problems()).isEmpty();
        return reader.conf();
    }

    private static List<String> problems(String text) {
        var reader = new AptConfReader();
        reader.read("apt.conf", text);
        return reader.problems().stream().map(ConfigurationProblem::toString).toList();
    }

    @Test
    void readsScopesAndLongNamesAlike() {
        AptConf conf = read("""
                Acquire::http::Proxy "http://proxy.example.org:3128/";
                ACQUIRE { Check-Date "false";
                  http { Proxy::near.example.org "DIRECT"; Timeout "10" ; };
                  Retries 3;
                }
                """);
        assertThat(conf.get("acquire::HTTP::proxy")).contains("http://proxy.example.org:3128/");
        assertThat(conf.get("Acquire::http::Proxy::near.example.org")).contains("DIRECT");
        assertThat(conf.get("Acquire::http::Timeout")).contains("10");
        assertThat(conf.get("Acquire::Retries")).contains("3");
        assertThat(conf.flag("Acquire::Check-Date", true)).isFalse();
    }

    @Test
    void readsLists() {
        AptConf conf = read("""
                APT::Architectures { "amd64"; "i386"; };
                APT::Architectures:: "arm64";
                A { Names { one { Deep "x"; }; "two"; } };
                DPkg::Tools {"a b || true";};
                Plain "x, y";
                """);
        assertThat(conf.list("APT::Architectures")).containsExactly("amd64", "i386", "arm64");
        assertThat(conf.list("A::Names")).containsExactly("two");
        assertThat(conf.list("DPkg::Tools")).containsExactly("a b || true");
        assertThat(conf.list("Plain")).containsExactly("x", "y");
        assertThat(conf.list("Missing")).isEmpty();
    }

    @Test
    void passesOverComments() {
        AptConf conf = read("""
                // A "1";
                # A "2";
                /* A "3";
                   B "3"; */
                A /* here */ "http://x/#y//z" ; // and here
                ## { }
                B { # within
                  C "1"; };
                """);
        assertThat(conf.get("A")).contains("http://x/#y//z");
        assertThat(conf.get("B")).isEmpty();
        assertThat(conf.get("B::C")).contains("1");
    }

    @Test
    void takesTheLastValueAndAddsToLists() {
        AptConf conf = read("A \"1\"; L { \"1\"; };", "a \"2\"; l { \"2\"; };");
        assertThat(conf.get("A")).contains("2");
        assertThat(conf.list("L")).containsExactly("1", "2");
    }

    @Test
    void clearsWhatWasSetBefore() {
        AptConf conf = read("A \"1\"; A::B \"1\"; AB \"1\"; L { \"1\"; };", "#clear A;\n#clear L ;\nL { \"2\"; };");
        assertThat(conf.get("A")).isEmpty();
        assertThat(conf.get("A::B")).isEmpty();
        assertThat(conf.get("AB")).contains("1");
        assertThat(conf.list("L")).containsExactly("2");
    }

    @Test
    void readsAScopeThatHasAValueToo() {
        AptConf conf = read("A \"1\" { B \"2\"; };");
        assertThat(conf.get("A")).contains("1");
        assertThat(conf.get("A::B")).contains("2");
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true", "TRUE,true", "with,true", "on,true", "enable,true", "1,true", "no,false", "false,false",
        "without,false", "off,false", "disable,false", "0,false", "maybe,"
    })
    void knowsWordsForYesAndNo(String word, Boolean expected) {
        AptConf conf = read("A \"" + word + "\";");
        assertThat(conf.flag("A", true)).isEqualTo(expected == null || expected);
        assertThat(conf.flag("A", false)).isEqualTo(expected != null && expected);
    }

    @Test
    void takesAnEmptyValueAsNotSet() {
        assertThat(read("A \"\";").get("A")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B \"x", "B \"x\ny\";", "}", "B { \"x\";", "B", "B }", "B \"1\" \"2\";", "B \"1\"\nC \"2\";", "{ { ;"
            })
    void reportsErrorsAndKeepsWhatStandsBefore(String broken) {
        var reader = new AptConfReader();
        reader.read("/etc/apt/apt.conf", "A \"1\";\n" + broken);
        assertThat(reader.problems()).hasSize(1);
        assertThat(reader.problems().getFirst().line()).isGreaterThanOrEqualTo(2);
        assertThat(reader.conf().get("A")).contains("1");
        reader.read("other", "D \"1\";");
        assertThat(reader.conf().get("D")).contains("1");
    }

    @Test
    void reportsInclude() {
        assertThat(problems("#include \"/etc/apt/more.conf\";\nA \"1\";"))
                .containsExactly("apt.conf:1: #include is not followed");
    }

    @Test
    void boundsDepthAndNumber() {
        assertThat(problems("A { ".repeat(100))).singleElement().asString().contains("scopes within each other");
        assertThat(problems("A \"1\";".repeat(AptConfReader.MOST + 1))).singleElement().asString().contains("settings");
        assertThat(problems("A \"" + "x".repeat(100_000) + "\";")).singleElement().asString().contains("very long");
    }

    @Test
    void neverFails() {
        Gen.of(List.of("A", "::", "\"", "{", "}", ";", " ", "\n", "#clear ", "//", "/*", "*/", "#", "x"))
                .lists(0, 15)
                .check(2000, parts -> {
                    var reader = new AptConfReader();
                    reader.read("f", String.join("", parts));
                    reader.conf().list("A");
                });
    }
}
