// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.scheme.code.Form;
import java.util.List;

/** What a name stands for. */
sealed interface Binding {
    /** An expression, whose own names mean what they mean in {@code scope}. */
    record Bound(Form form, Scope scope) implements Binding {}

    /**
     * A procedure.
     *
     * @param parameters all of them by position
     * @param body its forms
     * @param scope what names mean where it is defined
     */
    record Procedure(List<String> parameters, List<Form> body, Scope scope) implements Binding {
        public Procedure {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** The package whose field is being read. */
    record Itself(GuixPackage subject) implements Binding {}

    /** Something that cannot be told without running the code. */
    record Opaque() implements Binding {}
}
