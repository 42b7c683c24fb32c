// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import static dev.cairn.manifest.SearchPathSpecification.directories;

import dev.cairn.manifest.SearchPathSpecification;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that well-known packages of Guix want set (services, section 1.5.2), for when their definitions are not
 * at hand.
 */
final class UsualSearchPaths {
    private static final Pattern MINOR = Pattern.compile("([0-9]+\\.[0-9]+).*");
    private static final String BUNDLE = "etc/ssl/certs/ca-certificates.crt";

    private UsualSearchPaths() {}

    static List<SearchPathSpecification> of(String name, String version) {
        return switch (name) {
            case "python", "python-minimal", "python-wrapper" -> List.of(
                    directories("GUIX_PYTHONPATH", ":", "lib/python" + minor(version) + "/site-packages"),
                    directories("PYTHONTZPATH", ":", "share/zoneinfo"));
            case "perl" -> List.of(directories("PERL5LIB", ":", "lib/perl5/site_perl"));
            case "r-minimal" -> List.of(directories("R_LIBS_SITE", ":", "site-library/"));
            case "ruby" -> List.of(directories("GEM_PATH", ":", "lib/ruby/vendor_ruby"));
            case "guile" -> List.of(
                    directories("GUILE_LOAD_PATH", ":", "share/guile/site/" + minor(version)),
                    directories(
                            "GUILE_LOAD_COMPILED_PATH",
                            ":",
                            "lib/guile/" + minor(version) + "/site-ccache",
                            "share/guile/site/" + minor(version)));
            case "gcc-toolchain" -> compiler();
            case "gfortran-toolchain" -> List.of(
                    directories("CPATH", ":", "include"), directories("LIBRARY_PATH", ":", "lib", "lib64"));
            case "pkg-config", "pkgconf" ->
                List.of(directories("PKG_CONFIG_PATH", ":", "lib/pkgconfig", "lib64/pkgconfig", "share/pkgconfig"));
            case "openssl" -> List.of(
                    single("SSL_CERT_DIR", "directory", "etc/ssl/certs"), single("SSL_CERT_FILE", "regular", BUNDLE));
            case "guix" -> List.of(SearchPathSpecification.EXTENSIONS);
            case "glib" -> List.of(
                    directories("XDG_DATA_DIRS", ":", "share"),
                    directories("GIO_EXTRA_MODULES", ":", "lib/gio/modules"));
            case "gobject-introspection" -> List.of(directories("GI_TYPELIB_PATH", ":", "lib/girepository-1.0"));
            case "gtk+", "gtk" -> gtk(version);
            case "man-db", "mandoc" -> List.of(directories("MANPATH", ":", "share/man"));
            case "texinfo" -> List.of(directories("INFOPATH", ":", "share/info"));
            case "git", "git-minimal" -> List.of(
                    single("GIT_EXEC_PATH", "directory", "libexec/git-core"),
                    single("GIT_SSL_CAINFO", "regular", BUNDLE));
            default -> List.of();
        };
    }

    private static List<SearchPathSpecification> compiler() {
        return List.of(
                directories("C_INCLUDE_PATH", ":", "include"),
                directories("CPLUS_INCLUDE_PATH", ":", "include/c++", "include"),
                directories("OBJC_INCLUDE_PATH", ":", "include"),
                directories("OBJCPLUS_INCLUDE_PATH", ":", "include/c++", "include"),
                directories("LIBRARY_PATH", ":", "lib", "lib64"));
    }

    private static List<SearchPathSpecification> gtk(String version) {
        String major = version.substring(0, 1);
        return major.matches("[234]")
                ? List.of(directories("GUIX_GTK" + major + "_PATH", ":", "lib/gtk-" + major + ".0"))
                : List.of();
    }

    private static SearchPathSpecification single(String variable, String fileType, String file) {
        return new SearchPathSpecification(variable, List.of(file), Optional.empty(), fileType, Optional.empty());
    }

    /** The first two parts of a version. */
    private static String minor(String version) {
        Matcher matcher = MINOR.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }
}
