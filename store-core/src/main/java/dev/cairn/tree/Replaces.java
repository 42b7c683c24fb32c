// SPDX-License-Identifier: Apache-2.0
package dev.cairn.tree;

import dev.cairn.debian.DebianVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose files a package may replace: its name, version and {@code Replaces}.
 *
 * @param fields of the control file, by name in lower case
 */
record Replaces(Map<String, String> fields) {
    private static final Pattern RELATION =
            Pattern.compile("\\s*([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\\s*(?:\\(\\s*(<<|<=|=|>=|>>)\\s*(\\S+?)\\s*\\))?\\s*");

    static Replaces read(Part part) throws IOException {
        Path control = part.contents().resolve("control/control");
        Map<String, String> fields = new TreeMap<>();
        String last = "";
        for (String line : Files.readString(control, StandardCharsets.ISO_8859_1).split("\n")) {
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.merge(last, line, String::concat);
            } else if (colon > 0) {
                last = line.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
                fields.put(last, line.substring(colon + 1).strip());
            }
        }
        return new Replaces(fields);
    }

    /** Whether this package's files win over those of another. */
    boolean replaces(Replaces other) {
        for (String relation : fields.getOrDefault("replaces", "").split(",")) {
            Matcher matcher = RELATION.matcher(relation);
            if (matcher.matches() && matcher.group(1).equals(other.fields.get("package"))) {
                String sign = matcher.group(2);
                if (sign == null) {
                    return true;
                }
                int order = DebianVersion.ORDER.compare(
                        other.fields.getOrDefault("version", ""), matcher.group(3));
                boolean admitted = switch (sign) {
                    case "<<" -> order < 0;
                    case "<=" -> order <= 0;
                    case "=" -> order == 0;
                    case ">=" -> order >= 0;
                    default -> order > 0;
                };
                if (admitted) {
                    return true;
                }
            }
        }
        return false;
    }
}
