// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.profile.GenerationTag;
import picocli.CommandLine.Command;

/** Lets a generation go with others again. */
@Command(name = "unpin-generation")
final class UnpinGenerationCommand extends TagCommand {
    @Override
    GenerationTag changed(GenerationTag tag) {
        return tag.pinned(false);
    }

    @Override
    String done(int number, GenerationTag tag) {
        return Texts.text("generation.let-go", number);
    }
}
