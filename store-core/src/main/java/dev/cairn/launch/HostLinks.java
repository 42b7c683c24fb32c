// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import dev.cairn.fs.CanonicalMetadata;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Symlinks that a tree of Debian packages has to things of the host, so that programs which see the tree as {@code
 * /usr} and {@code /etc} know users, names, networks, certificates, locales and fonts. What the launchers hide of the
 * host they show at {@code /.host}; a link is dangling where the host lacks the thing.
 *
 * <p>What a package brings along is kept, apart from {@link #KNOWN}, which only the host can know.
 */
final class HostLinks {
    /**
     * What describes this machine and its users. In many systems these are themselves links to anywhere, so that the
     * launchers find out at each start what they lead to, and show that at {@code /.host/known}.
     */
    static final List<String> KNOWN = List.of(
            "passwd", "group", "hosts", "hostname", "resolv.conf", "nsswitch.conf", "localtime", "machine-id");

    /** Further names in {@code /etc} that are the host's if the tree lacks them. Never passwords or permissions. */
    private static final List<String> CONFIGURATION = List.of(
            "timezone", "services", "protocols", "rpc", "ethers", "networks", "shells", "environment", "locale.conf",
            "default/locale", "host.conf", "gai.conf", "os-release", "debian_version", "ssl/certs", "pki", "fonts",
            "X11", "pulse", "cups/client.conf", "krb5.conf", "krb5.conf.d", "papersize", "ssh/ssh_known_hosts",
            "subuid", "subgid");

    /** The same in {@code /usr}: data that does not depend on the version of what reads it. */
    private static final List<String> DATA = List.of(
            "share/zoneinfo", "share/ca-certificates", "share/fontconfig", "share/terminfo",
            "lib/locale/locale-archive", "local/share/ca-certificates");

    private static final Path LOCALES = Path.of("lib/locale");

    private HostLinks() {}

    /**
     * Adds the links.
     *
     * @param tree a merged tree that nobody uses yet
     * @param hostUsr the host's {@code /usr}
     */
    static void add(Path tree, Path hostUsr) throws IOException {
        Path etc = tree.resolve("etc");
        for (String name : KNOWN) {
            FileTrees.delete(etc.resolve(name));
            link(etc.resolve(name), "/.host/known/" + name, tree);
        }
        FileTrees.delete(etc.resolve("mtab"));
        link(etc.resolve("mtab"), "/proc/self/mounts", tree);
        for (String name : CONFIGURATION) {
            link(etc.resolve(name), "/.host/etc/" + name, tree);
        }
        Path usr = tree.resolve("usr");
        for (String name : DATA) {
            link(usr.resolve(name), "/.host/usr/" + name, tree);
        }
        for (Path locale : entries(hostUsr.resolve(LOCALES))) {
            String name = locale.getFileName().toString();
            link(usr.resolve(LOCALES).resolve(name), "/.host/usr/" + LOCALES + "/" + name, tree);
        }
        // Fontconfig looks here besides /usr/share/fonts, which is the tree's.
        link(usr.resolve("local/share/fonts/host"), "/.host/usr/share/fonts", tree);
        link(usr.resolve("local/share/fonts/host-local"), "/.host/usr/local/share/fonts", tree);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try {
            return FileTrees.entries(folder);
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /** Makes a link unless there is something, or what is above it is no folder of the tree. */
    private static void link(Path link, String target, Path tree) throws IOException {
        if (!FileTrees.exists(link) && makeFolders(link.getParent(), tree)) {
            Files.createSymbolicLink(link, Path.of(target));
            CanonicalMetadata.setModified(link.getParent());
        }
    }

    private static boolean makeFolders(Path folder, Path tree) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return folder.equals(tree) || makeFolders(folder.getParent(), tree);
        }
        if (FileTrees.exists(folder) || !makeFolders(folder.getParent(), tree)) {
            return false;
        }
        Files.createDirectory(folder);
        CanonicalMetadata.setModified(folder.getParent());
        return true;
    }
}
