// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.scheme.code.Form;
import java.util.Optional;

/** A package that code is about. */
sealed interface GuixPackage {
    /**
     * One that is written out.
     *
     * @param form {@code (package FIELD...)} or {@code (package/inherit PACKAGE FIELD...)}
     * @param scope what names mean around it
     * @param alias its name, where it was given another one afterwards
     */
    record Written(Form.Listing form, Scope scope, Optional<String> alias) implements GuixPackage {}

    /** One that is only named, as in {@code (specification->package "NAME@VERSION")}. */
    record Named(String name, Optional<String> version) implements GuixPackage {}
}
