// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.source.Location;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one item of a listing of packages. Used once. */
final class PackageRowReader {
    private static final int MAX_LICENSES = 64;
    private static final int MAX_ADDRESS = 2000;

    private String name = "";
    private String version = "";
    private String synopsis = "";
    private String description = "";
    private String homePage = "";
    private String file = "";
    private int line;
    private int column;
    private final List<String> licenses = new ArrayList<>();

    ListedPackage read(ServiceAnswer row) throws IOException, CairnException {
        row.object((member, value) -> {
            switch (member) {
                case "name" -> name = value.text();
                case "version" -> version = value.text();
                case "synopsis" -> synopsis = Prose.line(prose(value));
                case "description" -> description = Prose.paragraphs(prose(value));
                case "home_page" -> homePage = address(value.text());
                case "location" -> location(value);
                case "licenses" -> value.array(this::license);
                default -> {
                    // Nothing that is of interest here.
                }
            }
        });
        return new ListedPackage(name, version, synopsis, description, homePage, place(), licenses);
    }

    /** The plain form where there is one, else the source, which is Texinfo. */
    private static String prose(ServiceAnswer value) throws IOException, CairnException {
        String bare = value.text();
        String[] texts = {bare, ""};
        value.object((member, text) -> {
            switch (member) {
                case "plain" -> texts[0] = text.text();
                case "source" -> texts[1] = text.text();
                default -> {
                    // The same once more, for browsers.
                }
            }
        });
        return texts[0].isEmpty() ? texts[1] : texts[0];
    }

    private static String address(String text) {
        return text.length() <= MAX_ADDRESS && text.matches("https?://[\\x21-\\x7e]+") ? text : "";
    }

    private void location(ServiceAnswer value) throws IOException, CairnException {
        value.object((member, part) -> {
            switch (member) {
                case "file" -> file = part.text();
                case "line" -> line = part.number(0);
                case "column" -> column = part.number(0);
                default -> {
                    // A place has no more to it.
                }
            }
        });
    }

    private String place() {
        try {
            return file.isEmpty() ? "" : new Location(file, Math.max(1, line), column).toString();
        } catch (IllegalArgumentException _) {
            // A file's name that leads elsewhere is as good as none.
            return "";
        }
    }

    private void license(ServiceAnswer value) throws IOException, CairnException {
        value.object((member, part) -> {
            if (member.equals("name") && licenses.size() < MAX_LICENSES) {
                String license = Prose.line(part.text());
                if (!license.isEmpty()) {
                    licenses.add(license);
                }
            }
        });
    }
}
