// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Long options cut short as GNU's programs take them: any beginning that only one option has. */
final class LongOptions {
    private LongOptions() {}

    /**
     * The same arguments with whole names of options.
     *
     * @param command whose options are meant; what fits none of them, or several, stays as it is
     */
    static String[] completed(CommandSpec command, String... arguments) {
        String[] completed = arguments.clone();
        for (int i = 0; i < completed.length && !completed[i].equals("--"); i++) {
            if (completed[i].startsWith("--")) {
                completed[i] = completed(command, completed[i]);
            }
        }
        return completed;
    }

    private static String completed(CommandSpec command, String argument) {
        int end = argument.indexOf('=');
        String name = end < 0 ? argument : argument.substring(0, end);
        Set<String> whole = new HashSet<>();
        for (OptionSpec option : command.options()) {
            String first = "";
            for (String known : option.names()) {
                if (known.equals(name)) {
                    return argument;
                }
                if (first.isEmpty() && known.startsWith(name)) {
                    first = known;
                }
            }
            if (!first.isEmpty()) {
                whole.add(first);
            }
        }
        return whole.size() == 1 ? whole.iterator().next() + argument.substring(name.length()) : argument;
    }

    /** Puts a long name where a short one stands, with its value behind it in the same argument or the next. */
    static void replace(String shortName, String longName, String... arguments) {
        for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
            if (arguments[i].startsWith(shortName) && !arguments[i].startsWith("--")) {
                String value = arguments[i].substring(shortName.length());
                arguments[i] = value.isEmpty() ? longName : longName + "=" + value.replaceFirst("^=", "");
            }
        }
    }
}
