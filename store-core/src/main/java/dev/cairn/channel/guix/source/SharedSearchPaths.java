// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.manifest.SearchPathSpecification;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Search paths that Guix's modules share, by the variables of its code (formats, section 10.9): a channel's own modules
 * use them, and those of Guix need not be at hand.
 */
final class SharedSearchPaths {
    private static final SearchPathSpecification C_INCLUDE =
            SearchPathSpecification.directories("C_INCLUDE_PATH", ":", "include");
    private static final SearchPathSpecification CPLUS_INCLUDE =
            SearchPathSpecification.directories("CPLUS_INCLUDE_PATH", ":", "include/c++", "include");
    private static final SearchPathSpecification OBJC_INCLUDE =
            SearchPathSpecification.directories("OBJC_INCLUDE_PATH", ":", "include");
    private static final SearchPathSpecification OBJCPLUS_INCLUDE =
            SearchPathSpecification.directories("OBJCPLUS_INCLUDE_PATH", ":", "include/c++", "include");
    private static final SearchPathSpecification LIBRARY =
            SearchPathSpecification.directories("LIBRARY_PATH", ":", "lib", "lib64");
    private static final SearchPathSpecification PKG_CONFIG = SearchPathSpecification.directories(
            "PKG_CONFIG_PATH", ":", "lib/pkgconfig", "lib64/pkgconfig", "share/pkgconfig");
    private static final SearchPathSpecification CERTIFICATES =
            single("SSL_CERT_DIR", "directory", "etc/ssl/certs");
    private static final SearchPathSpecification CERTIFICATE_BUNDLE =
            single("SSL_CERT_FILE", "regular", "etc/ssl/certs/ca-certificates.crt");
    private static final SearchPathSpecification DATA =
            SearchPathSpecification.directories("XDG_DATA_DIRS", ":", "share");

    private static final Map<String, SearchPathSpecification> VARIABLES = Map.ofEntries(
            Map.entry("$PATH", SearchPathSpecification.PATH),
            Map.entry("$GUIX_EXTENSIONS_PATH", SearchPathSpecification.EXTENSIONS),
            Map.entry("$C_INCLUDE_PATH", C_INCLUDE),
            Map.entry("$CPLUS_INCLUDE_PATH", CPLUS_INCLUDE),
            Map.entry("$OBJC_INCLUDE_PATH", OBJC_INCLUDE),
            Map.entry("$OBJCPLUS_INCLUDE_PATH", OBJCPLUS_INCLUDE),
            Map.entry("$LIBRARY_PATH", LIBRARY),
            Map.entry("$PKG_CONFIG_PATH", PKG_CONFIG),
            Map.entry("$SSL_CERT_DIR", CERTIFICATES),
            Map.entry("$SSL_CERT_FILE", CERTIFICATE_BUNDLE),
            Map.entry("$XDG_DATA_DIRS", DATA),
            Map.entry("$TZDIR", single("TZDIR", "directory", "share/zoneinfo")),
            Map.entry(
                    "$XML_CATALOG_FILES",
                    new SearchPathSpecification(
                            "XML_CATALOG_FILES", List.of("xml"), Optional.of(" "), "regular",
                            Optional.of("^catalog\\.xml$"))),
            Map.entry(
                    "$SGML_CATALOG_FILES",
                    new SearchPathSpecification(
                            "SGML_CATALOG_FILES", List.of("sgml"), Optional.of(":"), "regular",
                            Optional.of("^catalog$|^CATALOG$|^.*\\.cat$"))));

    private SharedSearchPaths() {}

    /** The shared specification behind a variable of Guix's code, such as {@code $SSL_CERT_DIR}. */
    static Optional<SearchPathSpecification> of(String variable) {
        return Optional.ofNullable(VARIABLES.get(variable));
    }

    private static SearchPathSpecification single(String variable, String type, String file) {
        return new SearchPathSpecification(variable, List.of(file), Optional.empty(), type, Optional.empty());
    }
}
