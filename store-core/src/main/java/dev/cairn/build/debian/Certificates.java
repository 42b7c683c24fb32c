// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.fs.Octets;
import dev.cairn.fs.Symlinks;
import dev.cairn.tree.MergedTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of authorities that programs trust: all that the packages bring, as is Debian's default. Made are
 * {@code etc/ca-certificates.conf}, {@code etc/ssl/certs/ca-certificates.crt}, a link in that folder to each
 * certificate, and Java's key store where the closure calls for it.
 */
final class Certificates {
    private static final String FOLDER = "usr/share/ca-certificates";
    private static final String LINKS = "etc/ssl/certs";
    private static final byte[] SUFFIX = Octets.ofText(".crt");

    private final MergedTree tree;
    private final List<Certificate> found = new ArrayList<>();

    /**
     * A certificate.
     *
     * @param path below {@link #FOLDER}, in octets
     * @param file where the store has it, in PEM
     */
    private record Certificate(byte[] path, Path file) {
        /** The name of the link to it, as Debian's script makes it. */
        byte[] linkName() {
            int start = 0;
            for (int i = 0; i < path.length; i++) {
                if (path[i] == '/') {
                    start = i + 1;
                }
            }
            byte[] name = Arrays.copyOfRange(path, start, path.length);
            System.arraycopy(Octets.ofText(".pem"), 0, name, name.length - SUFFIX.length, SUFFIX.length);
            for (int i = 0; i < name.length; i++) {
                name[i] = switch (name[i]) {
                    case ' ', ',' -> '_';
                    case '(', ')' -> '=';
                    default -> name[i];
                };
            }
            return name;
        }
    }

    private Certificates(MergedTree tree) {
        this.tree = tree;
    }

    /** Adds the files when there are certificates and the program that would have made the files. */
    static void add(MergedTree tree, OverlayTree overlay) throws IOException {
        Certificates certificates = new Certificates(tree);
        if (tree.has("usr/sbin/update-ca-certificates")) {
            certificates.find(Path.of(FOLDER), new byte[0]);
        }
        if (!certificates.found.isEmpty()) {
            certificates.write(overlay);
        }
    }

    private void find(Path folder, byte[] prefix) throws IOException {
        for (Path name : tree.names(folder)) {
            byte[] path = concat(prefix, Octets.ofName(name));
            Optional<Path> file = tree.file(folder.resolve(name));
            if (file.isEmpty()) {
                find(folder.resolve(name), concat(path, new byte[] {'/'}));
            } else if (endsWith(path, SUFFIX) && path.length > SUFFIX.length) {
                found.add(new Certificate(path, file.get()));
            }
        }
    }

    private void write(OverlayTree overlay) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        JavaKeyStore keys = new JavaKeyStore();
        Path links = overlay.place(LINKS + "/ca-certificates.crt").getParent();
        for (Certificate certificate : found) {
            byte[] text = Files.readAllBytes(certificate.file());
            byte[] name = certificate.linkName();
            list.write(concat(certificate.path(), new byte[] {'\n'}));
            bundle.write(text);
            if (text.length > 0 && text[text.length - 1] != '\n') {
                bundle.write('\n');
            }
            byte[] target = concat(Octets.ofText("/" + FOLDER + "/"), certificate.path());
            Symlinks.create(Octets.resolve(links, name), target);
            keys.add(name, text);
        }
        overlay.write("etc/ca-certificates.conf", list.toByteArray());
        overlay.write(LINKS + "/ca-certificates.crt", bundle.toByteArray());
        if (tree.has("usr/share/ca-certificates-java")) {
            overlay.write(LINKS + "/java/cacerts", keys.toByteArray());
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static boolean endsWith(byte[] octets, byte[] suffix) {
        int from = octets.length - suffix.length;
        return from >= 0 && Arrays.equals(octets, from, octets.length, suffix, 0, suffix.length);
    }
}
