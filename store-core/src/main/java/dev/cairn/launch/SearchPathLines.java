// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.encoding.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search paths of a profile, taken from its {@code etc/profile} (formats, section 10.8), where they were worked
 * out when the profile was built.
 *
 * <p>They are given the profile's stable name instead of that of one generation. What they name resolves where the
 * store is shown at its logical name, which is where the programs run that use them; outside they do no harm. {@code
 * PATH} is left out: the launchers stand for it. Adding a value twice has no effect, so that a launcher may set what
 * {@code cairn shellenv} has set before.
 */
final class SearchPathLines {
    private static final Pattern EXPORT = Pattern.compile("export ([A-Za-z_][A-Za-z0-9_]*)=\"([^\"]*)\"");
    private static final Pattern TAIL =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*):\\+(.)\\}\\$([A-Za-z_][A-Za-z0-9_]*)$");
    private static final Pattern PROFILE = Pattern.compile("\\$\\{GUIX_PROFILE:-[^}]*\\}");

    private SearchPathLines() {}

    /**
     * @param etcProfile the text of the file
     * @param profile the profile's own name, without a slash at the end
     * @return shell commands, one per line, that only set and export variables
     */
    static List<String> of(String etcProfile, String profile) {
        List<String> lines = new ArrayList<>();
        for (String line : etcProfile.lines().toList()) {
            Matcher export = EXPORT.matcher(line);
            if (export.matches() && !export.group(1).equals("PATH")) {
                line(export.group(1), export.group(2), profile).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private static Optional<String> line(String variable, String text, String profile) {
        Matcher tail = TAIL.matcher(text);
        boolean list = tail.find() && tail.group(1).equals(variable) && tail.group(3).equals(variable);
        String value = PROFILE.matcher(list ? text.substring(0, tail.start()) : text)
                .replaceAll(Matcher.quoteReplacement(profile));
        if (value.indexOf('$') >= 0 || value.indexOf('`') >= 0 || value.indexOf('\\') >= 0) {
            // Not a line that the profile builder writes; it is not evaluated.
            return Optional.empty();
        }
        String quoted = ShellWord.quote(value);
        if (!list) {
            return Optional.of("export " + variable + "=" + quoted);
        }
        String separator = ShellWord.quote(tail.group(2));
        return Optional.of("case " + separator + "\"${" + variable + "-}\"" + separator + " in *" + separator + quoted
                + separator + "*) ;; *) export " + variable + "=" + quoted + "\"${" + variable + ":+" + tail.group(2)
                + "}${" + variable + "-}\" ;; esac");
    }
}
