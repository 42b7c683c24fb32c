// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.tree.MergedTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that packages of the base system put in place when they are first installed, and would not overwrite
 * afterwards: not in their archives, but named in their scripts.
 */
final class DefaultFiles {
    /** What is copied, and whereto. */
    private static final List<List<String>> COPIES = List.of(
            List.of("usr/share/base-files/profile", "etc/profile"),
            List.of("usr/share/base-files/motd", "etc/motd"),
            List.of("usr/share/base-files/info.dir", "usr/share/info/dir"),
            List.of("usr/share/libc-bin/nsswitch.conf", "etc/nsswitch.conf"),
            List.of("usr/share/readline/inputrc", "etc/inputrc"));

    /** Where fontconfig has its choices, and which of them are Debian's defaults. */
    private static final String FONT_CHOICES = "usr/share/fontconfig/conf.avail";

    private static final List<String> FONT_DEFAULTS =
            List.of("10-hinting-slight.conf", "70-no-bitmaps.conf", "70-no-bitmaps-except-emoji.conf");

    private DefaultFiles() {}

    /** Adds those that the packages of a tree call for. */
    static void add(MergedTree tree, OverlayTree overlay) throws IOException {
        for (List<String> copy : COPIES) {
            Optional<Path> source = tree.file(copy.getFirst());
            if (source.isPresent() && !tree.has(copy.getLast())) {
                overlay.write(copy.getLast(), Files.readAllBytes(source.get()));
            }
        }
        shells(tree, overlay);
        if (tree.has("etc/dpkg/origins/debian") && !tree.has("etc/dpkg/origins/default")) {
            overlay.link("etc/dpkg/origins/default", "debian");
        }
        for (String choice : FONT_DEFAULTS) {
            if (tree.has(FONT_CHOICES + "/" + choice) && !tree.has("etc/fonts/conf.d/" + choice)) {
                overlay.link("etc/fonts/conf.d/" + choice, "/" + FONT_CHOICES + "/" + choice);
            }
        }
    }

    private static void shells(MergedTree tree, OverlayTree overlay) throws IOException {
        Optional<Path> base = tree.file("usr/share/debianutils/shells");
        if (base.isEmpty() || tree.has("etc/shells")) {
            return;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(Files.readAllBytes(base.get()));
        for (Path name : tree.names("usr/share/debianutils/shells.d")) {
            Optional<Path> more = tree.file("usr/share/debianutils/shells.d/" + name);
            if (more.isPresent()) {
                text.write(Files.readAllBytes(more.get()));
            }
        }
        overlay.write("etc/shells", text.toByteArray());
    }
}
