// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationSpecification;
import dev.cairn.profile.Profile;
import java.util.Optional;
import java.util.OptionalInt;

/** What names one generation of a profile: its number, a count from the current one, or its label. */
final class GenerationArgument {
    private GenerationArgument() {}

    static int number(Profile profile, String text) throws CairnException {
        OptionalInt number = GenerationSpecification.resolve(text, profile.numbers(), profile.currentNumber());
        if (number.isPresent()) {
            return number.getAsInt();
        }
        return profile.labelled(text)
                .map(Generation::number)
                .orElseThrow(() -> new FailureException(
                        Texts.text("error.no-generation", text), Optional.of(Texts.text("hint.generations"))));
    }
}
