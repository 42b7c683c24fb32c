// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import dev.cairn.profile.GenerationTag;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a generation a name, or takes it off. */
@Command(name = "label-generation")
final class LabelGenerationCommand extends TagCommand {
    @Parameters(index = "1", arity = "0..1", paramLabel = "LABEL", descriptionKey = "generation-label")
    private @Nullable String label;

    @Override
    GenerationTag changed(GenerationTag tag) throws CairnException {
        return tag.labelled(label == null ? "" : label);
    }

    @Override
    String done(int number, GenerationTag tag) {
        return tag.label()
                .map(given -> Texts.text("generation.labelled", number, given))
                .orElseGet(() -> Texts.text("generation.unlabelled", number));
    }
}
