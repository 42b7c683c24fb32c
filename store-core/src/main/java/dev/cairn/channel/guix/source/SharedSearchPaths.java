// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.manifest.SearchPathSpecification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Search paths that are known without Guix's modules: its shared ones by the variables of its code (formats, section
 * 10.9), and those of well-known packages (services, section 1.5.2).
 */
public final class SharedSearchPaths {
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
    private static final SearchPathSpecification MANUALS =
            SearchPathSpecification.directories("MANPATH", ":", "share/man");

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

    private static final Map<String, List<SearchPathSpecification>> PACKAGES = Map.ofEntries(
            Map.entry("perl", directories("PERL5LIB", "lib/perl5/site_perl")),
            Map.entry("r-minimal", directories("R_LIBS_SITE", "site-library/")),
            Map.entry("r", directories("R_LIBS_SITE", "site-library/")),
            Map.entry("ruby", directories("GEM_PATH", "lib/ruby/vendor_ruby")),
            Map.entry(
                    "gcc",
                    List.of(C_INCLUDE, CPLUS_INCLUDE, OBJC_INCLUDE, OBJCPLUS_INCLUDE, LIBRARY)),
            Map.entry(
                    "gcc-toolchain",
                    List.of(C_INCLUDE, CPLUS_INCLUDE, OBJC_INCLUDE, OBJCPLUS_INCLUDE, LIBRARY)),
            Map.entry("pkg-config", List.of(PKG_CONFIG)),
            Map.entry("pkgconf", List.of(PKG_CONFIG)),
            Map.entry("openssl", List.of(CERTIFICATES, CERTIFICATE_BUNDLE)),
            Map.entry("guix", List.of(SearchPathSpecification.EXTENSIONS)),
            Map.entry(
                    "glib",
                    List.of(
                            DATA,
                            SearchPathSpecification.directories("GIO_EXTRA_MODULES", ":", "lib/gio/modules"))),
            Map.entry("gobject-introspection", directories("GI_TYPELIB_PATH", "lib/girepository-1.0")),
            Map.entry("man-db", List.of(MANUALS)),
            Map.entry("mandoc", List.of(MANUALS)),
            Map.entry("texinfo", directories("INFOPATH", "share/info")),
            Map.entry(
                    "git",
                    List.of(
                            single("GIT_EXEC_PATH", "directory", "libexec/git-core"),
                            single("GIT_SSL_CAINFO", "regular", "etc/ssl/certs/ca-certificates.crt"))));

    private SharedSearchPaths() {}

    /** The shared specification behind a variable of Guix's code, such as {@code $SSL_CERT_DIR}. */
    static Optional<SearchPathSpecification> of(String variable) {
        return Optional.ofNullable(VARIABLES.get(variable));
    }

    /** What a well-known package is known to want where its own definition cannot be read; empty for all others. */
    public static List<SearchPathSpecification> ofPackage(String name, String version) {
        String minor = String.join(".", Stream.of(version.split("\\.")).limit(2).toList());
        if (name.equals("guile")) {
            String site = "share/guile/site/" + minor;
            return List.of(
                    SearchPathSpecification.directories("GUILE_LOAD_PATH", ":", site),
                    SearchPathSpecification.directories(
                            "GUILE_LOAD_COMPILED_PATH", ":", "lib/guile/" + minor + "/site-ccache", site));
        }
        if (name.equals("python") || name.equals("python-minimal")) {
            return List.of(
                    SearchPathSpecification.directories(
                            "GUIX_PYTHONPATH", ":", "lib/python" + minor + "/site-packages"),
                    SearchPathSpecification.directories("PYTHONTZPATH", ":", "share/zoneinfo"));
        }
        if (name.equals("gtk+") || name.equals("gtk")) {
            String major = version.split("\\.")[0];
            return directories("GUIX_GTK" + major + "_PATH", "lib/gtk-" + major + ".0");
        }
        return PACKAGES.getOrDefault(name, List.of());
    }

    private static List<SearchPathSpecification> directories(String variable, String... files) {
        return List.of(SearchPathSpecification.directories(variable, ":", files));
    }

    private static SearchPathSpecification single(String variable, String type, String file) {
        return new SearchPathSpecification(variable, List.of(file), Optional.empty(), type, Optional.empty());
    }
}
