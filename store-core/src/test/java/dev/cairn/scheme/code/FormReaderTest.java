// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock = """
                    (a [b c] () . d) ~ (a (b c) () . d)
                    (a . (b c)) ~ (a b c)
                    'x ~ (quote x)
                    (f `(("l" ,x) ,@y)) ~ (f (quasiquote (("l" (unquote x)) (unquote-splicing y))))
                    #~(list #$x #$@y #+z #+@w) ~ (gexp (list (ungexp x) (ungexp-splicing y) (ungexp-native z) (ungexp-native-splicing w)))
                    #'a #`(b #,c #,@d) ~ (syntax a) (quasisyntax (b (unsyntax c) (unsyntax-splicing d)))
                    (a #:key v #:t #t #f #true #false) ~ (a #:key v #:t #t #f #t #f)
                    #\\( #\\; #\\" #\\space #\\x41 b ~ #\\( #\\; #\\" #\\space #\\x41 b
                    1 -2 1/2 1.5 .5 1e3 #xff +inf.0 ~ 1 -2 1/2 1.5 .5 1e3 #xff +inf.0
                    1+ 1- - + ... -> 4ti2 7zip-x a' %x ~ 1+ 1- - + ... -> 4ti2 7zip-x a' %x
                    #{a b (}# ~ a b (
                    #(1 a) #vu8(1 2) ~ #(1 a) #(1 2)
                    a #;(b c) d #; e f ~ a d f
                    a #| b #| c |# d |# e ; f ~ a e
                    #!/bin/sh x !# a ~ a
                    (a #;b) ~ (a)
                    "a\\\\b\\"c\\n\\t\\x41;\\u0042" ~ "a\\b"c[10][9]AB"
                    """)
    void readsWhatGuileReads(String text, String expected) throws FormatException {
        assertThat(show(text.replace("`(", "`("))).isEqualTo(expected);
    }

    @Test
    void joinsLinesOfStringsThatABackslashEnds() throws FormatException {
        assertThat(FormReader.readAll("\"a\\\n  b\"").getFirst())
                .isEqualTo(new Form.Text("a  b", Place.START));
    }

    @Test
    void tellsWhereFormsBegin() throws FormatException {
        String text = """
                ;; comment
                (define-public x
                  (package
                \t(name "ü𝄞") 'b))
                """;
        Form.Listing define = (Form.Listing) FormReader.readAll(text).getFirst();
        Form.Listing inner = (Form.Listing) define.elements().get(2);
        assertThat(define.place()).isEqualTo(new Place(2, 0));
        assertThat(inner.place()).isEqualTo(new Place(3, 2));
        assertThat(inner.elements().get(1).place()).isEqualTo(new Place(4, 8));
        assertThat(inner.elements().get(2).place()).isEqualTo(new Place(4, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", "(a", "(a]", ")", "\"a", "\"\\", "\"\\q\"", "\"\\xd800;\"", "#|", "#;", "'", "#~", "#\\", "#<a>",
                "(a . b c)", "(a . )", "#{a", "#:", "#@a", "\"\\U110000\""
            })
    void refusesWhatIsNoScheme(String text) {
        assertThatThrownBy(() -> FormReader.readAll(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void saysWhereTheTroubleIs() {
        assertThatThrownBy(() -> FormReader.readAll("a\n  (b\n"))
                .hasMessage("Scheme code: a list is not closed (line 2, column 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "'", "#;", "#~", "[", "#(", "#;'"})
    void refusesWhatNestsTooDeeply(String opening) {
        assertThatThrownBy(() -> FormReader.readAll(opening.repeat(1_000_000))).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> TopLevel.of(opening.repeat(1_000_000))).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!a ", "#\\a ", "#| |#", "#;a ", "\"\" ", "() ", "\t"})
    void readsLongTextsInTimeThatGrowsWithThem(String part) throws FormatException {
        String text = part.repeat(300_000);
        assertThat(TopLevel.of(text).starts()).hasSizeLessThanOrEqualTo(300_000);
        assertThat(FormReader.readAll(text)).hasSameSizeAs(TopLevel.of(text).starts());
    }

    @Test
    void findsAFormOfALongModuleWithoutTheOthers() throws FormatException {
        StringBuilder text = new StringBuilder("(define-module (m))\n");
        for (int i = 0; i < 6000; i++) {
            text.append("""

                    ;; A remark (with a bracket.
                    (define-public package-%d
                      (package
                        (name "package-%d") #;(version "0")
                        (arguments (list #:phases #~(modify-phases %%standard-phases (add-after 'a 'b (const #\\))))))
                        (inputs `(("a" ,a))) #| ( |#
                        (description "A \\"text\\" (with brackets")))
                    """.formatted(i, i));
        }
        TopLevel all = TopLevel.of(text.toString());
        assertThat(all.starts()).hasSize(6001);
        TopLevel.Start start = all.at(new Place(2 + 8 * 5999 + 5, 4)).orElseThrow();
        assertThat(start.place()).isEqualTo(new Place(2 + 8 * 5999 + 2, 0));
        Form form = FormReader.readAt(text.toString(), start.offset(), start.place());
        assertThat(((Form.Listing) form).elements().get(1).kind()).isEqualTo("'package-5999'");
        assertThat(FormReader.readAll(text.toString())).hasSize(6001);
        assertThat(all.at(Place.START)).map(TopLevel.Start::offset).contains(0);
        assertThat(TopLevel.of("  a").at(Place.START)).isEmpty();
    }

    private static String show(String text) throws FormatException {
        return FormReader.readAll(text).stream().map(FormReaderTest::show).collect(Collectors.joining(" "));
    }

    private static String show(Form form) {
        return switch (form) {
            case Form.Symbol(String name, _) -> name;
            case Form.Keyword(String name, _) -> "#:" + name;
            case Form.Text(String value, _) -> "\"" + value.replace("\n", "[10]").replace("\t", "[9]") + "\"";
            case Form.Bool(boolean value, _) -> value ? "#t" : "#f";
            case Form.Constant(String value, _) -> value;
            case Form.Vector(List<Form> elements, _) -> "#(" + show(elements) + ")";
            case Form.Listing list ->
                "(" + show(list.elements()) + list.tail().map(tail -> " . " + show(tail)).orElse("") + ")";
        };
    }

    private static String show(List<Form> forms) {
        return forms.stream().map(FormReaderTest::show).collect(Collectors.joining(" "));
    }
}
