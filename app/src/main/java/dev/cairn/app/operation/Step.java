// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import java.util.regex.Pattern;

/** What a build that people would not call one is to them. */
enum Step {
    /** Getting a file, which is told of as a download too. */
    FETCH,
    UNPACK,
    /** Putting a package together with what it needs. */
    PREPARE,
    /** What lies over the merged tree of a profile: alternatives, caches, databases. */
    OVERLAY,
    PROFILE,
    OTHER;

    private static final Pattern FILE = Pattern.compile("\\.(deb|tgz|zip|tar(\\.[a-z0-9]+)?)$");
    private static final String CONTENTS = "-contents";

    /**
     * @param name of the derivation
     * @param prepares whether it only fetches, unpacks or links what others have built
     */
    static Step of(String name, boolean prepares) {
        if (name.equals("profile")) {
            return PROFILE;
        }
        if (name.equals("debian-overlay")) {
            return OVERLAY;
        }
        if (!prepares) {
            return OTHER;
        }
        return FILE.matcher(name).find() ? FETCH : name.endsWith(CONTENTS) ? UNPACK : PREPARE;
    }

    /** What people know it by. */
    String subject(String name) {
        return this == UNPACK ? name.substring(0, name.length() - CONTENTS.length()) : name;
    }
}
