// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.error.CairnException;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;

/** A text that should be a public key is none that can be used, or a server is none that can. */
public final class TrustProblem extends CairnException {
    private TrustProblem(String message, String hint) {
        super(message, Optional.of(hint), Optional.empty());
    }

    /** @param key of the message; that of the hint ends in {@code .hint} */
    static TrustProblem of(String key, Object... arguments) {
        Messages texts = Messages.of("trust");
        return new TrustProblem(texts.text(key, arguments), texts.text(key + ".hint"));
    }
}
