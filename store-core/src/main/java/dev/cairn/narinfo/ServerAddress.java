// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server of substitutes: {@code http://HOST[:PORT][/FOLDER]}, {@code https:} likewise, or {@code
 * file:///FOLDER}, and nothing else in it, neither a name and password nor a query. What is one is a URL to others,
 * too.
 *
 * @param url as the user wrote it, without the priority
 * @param priority those with lower numbers are asked first; equals in the order in which they are named
 */
public record ServerAddress(String url, int priority) {
    /** The priority of a server that none is given for. */
    public static final int USUAL_PRIORITY = 50;

    private static final int MAX_LENGTH = 2000;
    private static final int MAX_HOST = 255;
    private static final String FORMAT = "address of a server of substitutes";
    private static final Pattern PRIORITY = Pattern.compile("(.*)\\?priority=([0-9]{1,6})");
    private static final Pattern PARTS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?(.*)");
    private static final Pattern WEB_FOLDER = Pattern.compile("(?:[A-Za-z0-9/_.!~'()*,;:$&+=@-]|%[0-9A-Fa-f]{2})*+");

    /** Folders of this machine may have letters of all languages, as the user would write them. */
    private static final Pattern LOCAL_FOLDER = Pattern.compile(
            "/(?:[A-Za-z0-9/_.!~'()*,;:$&+=@-]|%(?!00)[0-9A-Fa-f]{2}|[^\\x00-\\x7F\\p{Cntrl}\\p{Cc}\\p{Z}])*+");

    private static final Pattern HOST =
            Pattern.compile("((?:[A-Za-z0-9-]{1,63}\\.)*[A-Za-z][A-Za-z0-9-]{0,62}\\.?)(?::([0-9]{1,5}))?");
    private static final Pattern MACHINE_4 = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::([0-9]{1,5}))?");
    private static final Pattern MACHINE_6 = Pattern.compile("\\[([0-9A-Fa-f:]{2,39})\\](?::([0-9]{1,5}))?");

    public ServerAddress {
        problem(url).ifPresent(why -> {
            throw new IllegalArgumentException("'" + shown(url) + "': " + why);
        });
    }

    /** Reads an address; with {@code ?priority=NUMBER} behind it as Nix has it. */
    public static ServerAddress parse(String text) throws FormatException {
        Matcher matcher = PRIORITY.matcher(text);
        boolean prioritised = matcher.matches();
        String url = prioritised ? matcher.group(1) : text;
        Optional<String> problem = problem(url);
        if (problem.isPresent()) {
            throw new FormatException(FORMAT, problem.get());
        }
        return new ServerAddress(url, prioritised ? Integer.parseInt(matcher.group(2)) : USUAL_PRIORITY);
    }

    /** A text that may be no address as it can be shown to everybody: without the name and password in it. */
    public static String shown(String text) {
        return text.replaceFirst("(?s)//.*@", "//...@");
    }

    /** What is wrong with an address, as a sentence on it. */
    private static Optional<String> problem(String url) {
        Matcher parts = PARTS.matcher(url);
        if (url.length() > MAX_LENGTH) {
            return Optional.of("it is longer than " + MAX_LENGTH + " characters");
        }
        if (!parts.matches()) {
            return Optional.of("it does not start with http:, https: or file:");
        }
        Optional<String> place = Optional.ofNullable(parts.group(2));
        return switch (parts.group(1).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> webProblem(place.orElse(""), parts.group(3));
            case "file" ->
                place.orElse("").isEmpty() && LOCAL_FOLDER.matcher(parts.group(3)).matches()
                        ? Optional.empty()
                        : Optional.of("it is not of the form file:///FOLDER");
            default -> Optional.of("it does not start with http:, https: or file:");
        };
    }

    private static Optional<String> webProblem(String place, String folder) {
        // A password may have a slash in it.
        boolean hasPassword = place.contains("@") || !isMachine(place) && folder.contains("@");
        if (hasPassword || folder.contains("?") || folder.contains("#")) {
            return Optional.of("it has more than a host and a folder");
        }
        if (place.isEmpty() || place.startsWith(":")) {
            return Optional.of("it names no host");
        }
        if (!isMachine(place)) {
            return Optional.of("'" + place + "' is no host");
        }
        return WEB_FOLDER.matcher(folder).matches()
                ? Optional.empty()
                : Optional.of("it has characters that are to be written as %XX");
    }

    private static boolean isMachine(String place) {
        Matcher name = HOST.matcher(place);
        if (place.length() <= MAX_HOST && name.matches()) {
            return isPort(name.group(2)) && !(name.group(1) + ".").contains("-.") && !("." + place).contains(".-");
        }
        Matcher four = MACHINE_4.matcher(place);
        if (four.matches()) {
            return isPort(four.group(2)) && areSmall(four.group(1));
        }
        Matcher six = MACHINE_6.matcher(place);
        return six.matches() && isPort(six.group(2)) && isIpv6(six.group(1));
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65535;
    }

    private static boolean areSmall(String numbers) {
        for (String number : numbers.split("\\.")) {
            if (Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }

    /** Eight groups of up to four digits, or fewer around one {@code ::}. */
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == 8;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap));
        int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /** How many groups; -1 if they are none. */
    private static int groups(String text) {
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (group.isEmpty() || group.length() > 4) {
                return -1;
            }
        }
        return groups.length;
    }

    /** Whether it is a folder of this machine. */
    public boolean isFolder() {
        return url.regionMatches(true, 0, "file:", 0, 5);
    }

    /** Whether it is of the same server, whatever its priority and whether or not it ends with a slash. */
    public boolean isOf(ServerAddress other) {
        return file("").equals(other.file(""));
    }

    /** The address of a file that every server has. @param name without anything that has a meaning in addresses */
    public String file(String name) {
        return url.endsWith("/") ? url + name : url + "/" + name;
    }
}
