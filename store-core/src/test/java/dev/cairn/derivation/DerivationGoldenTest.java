// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.path.StorePaths;
import dev.cairn.testing.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DerivationGoldenTest {
    private static final StoreDirectory GNU = StoreDirectory.GNU;

    private final JsonNode golden = Golden.json("derivation/derivations.json");
    private final Map<StorePath, Derivation> known = new HashMap<>();
    private final DerivationHasher<RuntimeException> hasher = new DerivationHasher<>(GNU, known::get);

    @BeforeEach
    void readAll() throws FormatException {
        for (JsonNode vector : golden.get("derivations")) {
            String file = vector.get("file").asString();
            known.put(GNU.item(file), DerivationParser.parse(GNU, text(file)));
        }
    }

    @Test
    void textsNamesAndHashesAreThoseOfGuixAndNix() throws Exception {
        for (JsonNode vector : golden.get("derivations")) {
            String file = vector.get("file").asString();
            Derivation derivation = known.get(GNU.item(file));
            NamedDerivation named = NamedDerivation.of(GNU, vector.get("name").asString(), derivation);
            assertThat(named.text()).as(file).isEqualTo(text(file));
            assertThat(named.path().baseName()).isEqualTo(file);
            assertThat(hasher.modulo(named.path()).hex()).as(file).isEqualTo(vector.get("modulo").asString());
            assertThat(hasher.modulo(derivation).hex()).as(file).isEqualTo(vector.get("modulo").asString());
            if (vector.has("masked")) {
                assertThat(hasher.masked(derivation).hex()).as(file).isEqualTo(vector.get("masked").asString());
            }
            assertThat(hasher.outputPaths(named.name(), derivation)).as(file).isEqualTo(outputs(vector));
            DerivationCheck.check(named.path(), derivation, hasher);
        }
    }

    @Test
    void handmadeTextsAreJudgedAsTheDaemonJudgesThemOrStricter() throws Exception {
        for (JsonNode vector : golden.get("handmade")) {
            String file = vector.get("file").asString();
            byte[] text = text(file);
            if (vector.get("verdict").asString().equals("unreadable")) {
                assertThatThrownBy(() -> DerivationParser.parse(GNU, text))
                        .as(file)
                        .isInstanceOf(FormatException.class);
                continue;
            }
            Derivation derivation = DerivationParser.parse(GNU, text);
            StorePath path = StorePaths.text(GNU, "hand.drv", text, derivation.references());
            if (vector.get("verdict").asString().equals("valid")) {
                assertThat(path).as(file).hasToString(vector.get("path").asString());
                assertThatCode(() -> DerivationCheck.check(path, derivation, hasher))
                        .as(file)
                        .doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> DerivationCheck.check(path, derivation, hasher))
                        .as(file)
                        .isInstanceOf(FormatException.class);
            }
            if (vector.has("modulo")) {
                assertThat(hasher.modulo(derivation).hex()).as(file).isEqualTo(vector.get("modulo").asString());
                assertThat(hasher.outputPaths("hand", derivation)).isEqualTo(outputs(vector));
            }
        }
    }

    @Test
    void noPrefixOfATextIsATextOrHangsTheParser() {
        byte[] text = text("sajyid3b1k7h8d73qrfip3l9gls16rvj-top.drv");
        for (int length = 0; length < text.length; length++) {
            byte[] prefix = Arrays.copyOf(text, length);
            assertThatThrownBy(() -> DerivationParser.parse(GNU, prefix)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void buildingAgainGivesTheSameDerivations() throws Exception {
        for (Map.Entry<StorePath, Derivation> entry : known.entrySet()) {
            assertThat(rebuild(NamedDerivation.nameOf(entry.getKey()), entry.getValue()).path())
                    .isEqualTo(entry.getKey());
        }
    }

    private NamedDerivation rebuild(String name, Derivation derivation) throws FormatException {
        DerivationBuilder builder = new DerivationBuilder(name, derivation.system(), derivation.builder());
        if (derivation.isFixedOutput()) {
            FixedContents contents = FixedContents.of(derivation.outputs().get("out"));
            builder.fixedOutput(contents.hash(), contents.recursive());
        } else {
            builder.outputs(derivation.outputs().keySet());
        }
        derivation.inputDerivations()
                .forEach((path, names) -> builder.input(new NamedDerivation(path, known.get(path)), names));
        derivation.inputSources().forEach(builder::source);
        derivation.arguments().forEach(argument -> builder.argument(OctetString.toText(argument)));
        derivation.environment().forEach((variable, value) -> {
            if (!derivation.outputs().containsKey(variable)) {
                builder.variable(OctetString.toText(variable), OctetString.toText(value));
            }
        });
        return builder.build(hasher);
    }

    private static byte[] text(String file) {
        return Golden.octets("derivation/" + file);
    }

    private static SortedMap<String, StorePath> outputs(JsonNode vector) throws FormatException {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        for (Map.Entry<String, JsonNode> output : vector.get("outputs").properties()) {
            outputs.put(output.getKey(), GNU.parse(output.getValue().asString()));
        }
        return outputs;
    }
}
