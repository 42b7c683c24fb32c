// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.profile.GenerationTag;
import picocli.CommandLine.Command;

/** Keeps a generation when others are deleted. */
@Command(name = "pin-generation")
final class PinGenerationCommand extends TagCommand {
    @Override
    GenerationTag changed(GenerationTag tag) {
        return tag.pinned(true);
    }

    @Override
    String done(int number, GenerationTag tag) {
        return Texts.text("generation.kept", number);
    }
}
