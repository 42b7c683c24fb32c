// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All certificates of authorities in one file, {@code etc/ssl/certs/ca-certificates.crt}, which most programs want: the
 * files {@code *.pem} of that folder, a line end behind each.
 */
final class CertificateBundle {
    private static final String FOLDER = "etc/ssl/certs";

    private CertificateBundle() {}

    /** Adds the file when there are certificates. */
    static void add(HookInputs inputs, Path output) throws IOException {
        List<Path> certificates = inputs.in(FOLDER).stream()
                .filter(found -> found.name().toString().endsWith(".pem"))
                .map(HookInputs.Found::file)
                .toList();
        if (certificates.isEmpty()) {
            return;
        }
        Path bundle = Files.createDirectories(output.resolve(FOLDER)).resolve("ca-certificates.crt");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
            for (Path certificate : certificates) {
                Files.copy(certificate, out);
                out.write('\n');
            }
        }
    }
}
