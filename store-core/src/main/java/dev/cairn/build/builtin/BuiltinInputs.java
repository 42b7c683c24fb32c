// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.derivation.OctetString;
import dev.cairn.error.FormatException;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What built-in builders read: variables of their derivation, and files of items. */
final class BuiltinInputs {
    private BuiltinInputs() {}

    /** A variable that must be there, as text. */
    static String variable(Builtin.Context context, String name) throws BuiltinException {
        return optional(context, name)
                .orElseThrow(() -> new BuiltinException("the derivation lacks the variable '" + name + "'"));
    }

    /** A variable that may be there, as text. */
    static Optional<String> optional(Builtin.Context context, String name) {
        return Optional.ofNullable(context.derivation().environment().get(name)).map(OctetString::toText);
    }

    /**
     * The file that a logical name inside the store stands for, links followed.
     *
     * @throws BuiltinException when it is not in the store, by its name or by the links on the way
     */
    static Path file(StoreLayout layout, String logical) throws BuiltinException, IOException {
        try {
            layout.storeDirectory().itemOf(logical);
        } catch (FormatException e) {
            throw new BuiltinException(e.getMessage(), e);
        }
        Path physical = layout.physical(logical);
        if (!physical.equals(physical.normalize())) {
            throw new BuiltinException("'" + logical + "' has '.' or '..' in it");
        }
        Path found = new LogicalFiles(layout)
                .resolve(physical)
                .orElseThrow(() -> new BuiltinException("there is no '" + logical + "'"));
        if (!found.startsWith(layout.physicalStore())) {
            throw new BuiltinException("'" + logical + "' leads outside the store");
        }
        return found;
    }
}
