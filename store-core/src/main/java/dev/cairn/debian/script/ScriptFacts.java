// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of the place where a script would run.
 *
 * @param packageName of the package that the script belongs to
 * @param packageArchitecture such as {@code amd64} or {@code all}
 * @param machineArchitecture such as {@code amd64}
 * @param files tells of an absolute name whether there is such a file, as far as it can
 */
public record ScriptFacts(
        String packageName,
        String packageArchitecture,
        String machineArchitecture,
        Function<String, Optional<Boolean>> files) {
    /** Facts without knowledge of files. */
    public ScriptFacts(String packageName, String packageArchitecture, String machineArchitecture) {
        this(packageName, packageArchitecture, machineArchitecture, _ -> Optional.empty());
    }

    Optional<Boolean> exists(String name) {
        return name.startsWith("/") ? files.apply(name) : Optional.empty();
    }

    /** The value of a variable that dpkg sets, or what a command prints, its name starting with {@code (}. */
    Optional<String> value(String name) {
        return switch (name) {
            case "DPKG_MAINTSCRIPT_PACKAGE" -> Optional.of(packageName);
            case "DPKG_MAINTSCRIPT_ARCH" -> Optional.of(packageArchitecture);
            case "DPKG_MAINTSCRIPT_NAME" -> Optional.of("postinst");
            case "DPKG_ROOT" -> Optional.of("");
            case "(dpkg --print-architecture" -> Optional.of(machineArchitecture);
            case "(uname", "(uname -s" -> Optional.of("Linux");
            default -> Optional.empty();
        };
    }
}
