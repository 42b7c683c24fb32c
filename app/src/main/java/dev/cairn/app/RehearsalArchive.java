// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.hash.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * An archive of Debian packages to {@linkplain Rehearsal rehearse} with: some that can be installed and have what
 * packages have (links, scripts, alternatives, essential ones, circles), and many that are only listed. Not signed.
 */
final class RehearsalArchive {
    /** The package that brings all others along. */
    static final String PACKAGE = "rehearsal";

    private static final int PACKAGES = 24;
    private static final int LISTED = 3000;
    private static final int FILES = 12;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String architecture;
    private final Random random = new Random(1);

    /** @param architecture Debian's name of the machine's own */
    RehearsalArchive(Path folder, String architecture) {
        this.folder = folder;
        this.architecture = architecture;
    }

    /** Writes everything; the suite is called {@code stable}, its only component {@code main}. */
    void write() throws IOException {
        StringBuilder index = new StringBuilder();
        Files.createDirectories(folder.resolve("pool"));
        for (int i = 0; i < PACKAGES; i++) {
            String fields = fields(i);
            byte[] file = packageFile(i, fields);
            String name = "pool/" + name(i) + ".deb";
            Files.write(folder.resolve(name), file);
            index.append(listed(fields, name, file.length, Hash.sha256(file)));
        }
        for (int i = PACKAGES; i < LISTED; i++) {
            index.append(listed(fields(i), "pool/none", 1, Hash.sha256(new byte[0])));
        }
        release(xz(index.toString().getBytes(UTF_8)));
    }

    private void release(byte[] index) throws IOException {
        String name = "main/binary-" + architecture + "/Packages.xz";
        Path suite = folder.resolve("dists/stable");
        Files.createDirectories(suite.resolve(name).getParent());
        Files.write(suite.resolve(name), index);
        Files.writeString(
                suite.resolve("Release"),
                """
                Origin: Rehearsal
                Suite: stable
                Codename: stable
                Date: %s
                Architectures: %s
                Components: main
                SHA256:
                 %s %d %s
                """
                        .formatted(
                                DATE.format(Instant.now()),
                                architecture,
                                Hash.sha256(index).hex(),
                                index.length,
                                name));
    }

    private static String name(int number) {
        return number == 0 ? PACKAGE : PACKAGE + "-" + number;
    }

    /** The first needs those after it, the second and the third each other; some of the others are essential. */
    private static String relations(int number) {
        return switch (number) {
            case 0 ->
                """
                Depends: rehearsal-none | rehearsal-1 (>= 1:1.0), rehearsal-virtual
                Recommends: rehearsal-20
                Conflicts: rehearsal-40
                """;
            case 1 -> "Depends: rehearsal-2 (= 1:1.1-1)\n";
            case 2 -> "Depends: rehearsal-1, rehearsal-3\nProvides: rehearsal-virtual (= 1)\n";
            default ->
                number % 3 == 0 || number >= PACKAGES
                        ? "Depends: rehearsal-" + (number - 1) + " (>= 1:1~rc1)\nMulti-Arch: same\n"
                        : "Essential: yes\nPre-Depends: rehearsal-" + number / 2 + "\n";
        };
    }

    private String fields(int number) {
        return """
                Package: %s
                Version: 1:1.1-1
                Architecture: %s
                Maintainer: Rehearsal <rehearsal@example.org>
                Installed-Size: 100
                %sSection: misc
                Priority: optional
                Homepage: https://example.org/
                Description: package number %d of a rehearsal %s
                 It is there to be installed once.
                """
                .formatted(
                        name(number),
                        architecture,
                        relations(number),
                        number,
                        Integer.toString(random.nextInt(), Character.MAX_RADIX));
    }

    private static String listed(String fields, String file, int size, Hash hash) {
        return fields + "Filename: " + file + "\nSize: " + size + "\nSHA256: " + hash.hex() + "\n\n";
    }

    private byte[] packageFile(int number, String fields) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ArArchiveOutputStream members = new ArArchiveOutputStream(octets)) {
            member(members, "debian-binary", "2.0\n".getBytes(UTF_8));
            member(members, "control.tar.xz", xz(control(number, fields)));
            member(members, "data.tar.xz", xz(data(number)));
        }
        return octets.toByteArray();
    }

    private static byte[] control(int number, String fields) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(octets)) {
            file(tar, "./control", 0644, fields.getBytes(UTF_8));
            file(tar, "./conffiles", 0644, ("/etc/" + name(number) + ".conf\n").getBytes(UTF_8));
            file(tar, "./postinst", 0755, script(number).getBytes(UTF_8));
        }
        return octets.toByteArray();
    }

    private static String script(int number) {
        return """
                #!/bin/sh
                set -e
                name=%s
                case "$1" in
                    configure)
                        if [ ! -e "/var/lib/$name" ]; then
                            update-alternatives --install /usr/bin/rehearse rehearse "/usr/bin/$name" %d
                        fi
                        adduser --system "$name" || true
                        ;;
                    *) exit 1 ;;
                esac
                """
                .formatted(name(number), number + 1);
    }

    private byte[] data(int number) throws IOException {
        String name = name(number);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(octets)) {
            for (String directory : new String[] {"./", "./bin/", "./etc/", "./usr/", "./usr/bin/", "./usr/share/"}) {
                tar.putArchiveEntry(entry(directory, 0755));
                tar.closeArchiveEntry();
            }
            file(tar, "./usr/bin/" + name, 0755, "#!/bin/sh\n".getBytes(UTF_8));
            file(tar, "./etc/" + name + ".conf", 0644, "a = b\n".getBytes(UTF_8));
            for (int i = 0; i < FILES; i++) {
                byte[] contents = new byte[i * 1024];
                random.nextBytes(contents);
                file(tar, "./usr/share/" + name + "/" + i, 0644, contents);
            }
            TarArchiveEntry link = new TarArchiveEntry("./bin/" + name + "-link", TarConstants.LF_SYMLINK);
            link.setLinkName("../usr/bin/" + name);
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return octets.toByteArray();
    }

    private static void member(ArArchiveOutputStream members, String name, byte[] contents) throws IOException {
        members.putArchiveEntry(new ArArchiveEntry(name, contents.length));
        members.write(contents);
        members.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode, byte[] contents) throws IOException {
        TarArchiveEntry entry = entry(name, mode);
        entry.setSize(contents.length);
        tar.putArchiveEntry(entry);
        tar.write(contents);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        return entry;
    }

    private static byte[] xz(byte[] plain) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(octets, new LZMA2Options(LZMA2Options.PRESET_MIN))) {
            out.write(plain);
        }
        return octets.toByteArray();
    }
}
