// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;

/** A failure that is a mistake of Cairn's own and not something a user can act on. */
public final class Unexpected extends CairnException {
    public Unexpected(Throwable cause) {
        super(
                Messages.of("common").text("error.unexpected", String.valueOf(cause)),
                Optional.of(Messages.of("common").text("error.unexpected.hint")),
                Optional.of(cause));
    }
}
