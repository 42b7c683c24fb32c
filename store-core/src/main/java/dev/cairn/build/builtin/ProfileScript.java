// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.error.FormatException;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.SearchPathEvaluator;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.manifest.ShellDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The text of a profile's {@code etc/profile} (formats, section 10.8), the same to the octet as Guix's. */
final class ProfileScript {
    private static final String HEADER = """
            # Source this file to define all the relevant environment variables in Bash
            # for this profile.  You may want to define the 'GUIX_PROFILE' environment
            # variable to point to the "visible" name of the profile, like this:
            #
            #  GUIX_PROFILE=/path/to/profile ; \\
            #  source /path/to/profile/etc/profile
            #
            # When GUIX_PROFILE is undefined, the various environment variables refer
            # to this specific profile generation.

            """;

    private ProfileScript() {}

    /**
     * The whole file.
     *
     * @param profile the logical name of the profile item
     * @param files see the profile's directory at that name
     */
    static String text(List<SearchPathSpecification> searchPaths, Path profile, LogicalFiles files)
            throws FormatException, IOException {
        StringBuilder text = new StringBuilder(HEADER);
        String name = profile.toString();
        Map<SearchPathSpecification, String> values =
                new SearchPathEvaluator(files).evaluate(searchPaths, List.of(profile));
        for (Map.Entry<SearchPathSpecification, String> value : values.entrySet()) {
            String variable = value.getKey().variable();
            if (!ShellDefinition.isName(variable)) {
                throw new FormatException("manifest", "'" + variable + "' cannot be the name of a variable");
            }
            String visible =
                    ShellDefinition.escape(value.getValue()).replace(name, "${GUIX_PROFILE:-" + name + "}");
            text.append(ShellDefinition.prefix(variable, visible, value.getKey().separator())).append('\n');
        }
        return text.toString();
    }
}
