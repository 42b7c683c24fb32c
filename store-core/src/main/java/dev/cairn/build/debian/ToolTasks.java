// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.build.sandbox.TreeTools;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The files that tools of the packages themselves make: caches and databases that Debian's triggers keep up to date.
 * Each is wanted only when the tree has both the tool and something for it.
 *
 * <p>Some tools write where they read. They are given a folder of links to what they read, which are then deleted.
 */
final class ToolTasks {
    /** Folders with many files that no tool needs besides those that it is said to read. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "opt|usr/(games|include|libexec|local|src)|usr/share/[^/]*"
                    + "|usr/lib/(gcc.*|jvm|llvm-.*|modules|node_modules|nodejs|python.*|ruby|systemd)"
                    + "|usr/lib/[^/]*/(gconv|perl.*)");

    private final MergedTree tree;
    private final List<Wanted> wanted = new ArrayList<>();

    /**
     * A task, and what to say when it fails.
     *
     * @param owner the package whose tool does it
     * @param product what it makes, as in {@code the icon cache}
     * @param reads what it depends on besides the tool and what that needs
     */
    record Wanted(TreeTools.Task task, String owner, String product, Reads reads) {}

    /**
     * What a tool reads.
     *
     * @param places folders and files of the tree
     * @param loads whether it loads libraries there, and so depends on what these need
     */
    record Reads(List<String> places, boolean loads) {
        static Reads data(String... places) {
            return new Reads(List.of(places), false);
        }

        static Reads libraries(String place) {
            return new Reads(List.of(place), true);
        }
    }

    private ToolTasks(MergedTree tree) {
        this.tree = tree;
    }

    /** What there is to do for a tree, what takes longest first. */
    static List<Wanted> of(MergedTree tree) throws IOException {
        ToolTasks tasks = new ToolTasks(tree);
        tasks.mimeDatabase();
        tasks.iconCaches();
        tasks.certificateLinks();
        tasks.libraryCache();
        tasks.fontCache();
        tasks.schemas();
        for (String folder : libraryFolders(tree)) {
            tasks.modules(folder);
            tasks.graphviz(folder);
        }
        tasks.dictionaries();
        tasks.wanted.addAll(PythonTasks.of(tree));
        return List.copyOf(tasks.wanted);
    }

    /** {@code usr/lib} and the folders of architectures in it. */
    static List<String> libraryFolders(MergedTree tree) throws IOException {
        List<String> folders = new ArrayList<>();
        for (Path name : tree.names("usr/lib")) {
            if (name.toString().matches("[a-z0-9_]+-linux-gnu[a-z0-9_]*")) {
                folders.add("usr/lib/" + name);
            }
        }
        folders.add("usr/lib");
        return folders;
    }

    /** Whether a directory of a tree has to be there for tasks: most of a tree does not, and making it takes time. */
    static boolean isRead(Path directory, Collection<Wanted> tasks) {
        if (directory.getNameCount() > 5) {
            return true;
        }
        for (Wanted each : tasks) {
            for (String place : each.reads().places()) {
                if ((directory + "/").startsWith(place + "/") || place.startsWith(directory + "/")) {
                    return true;
                }
            }
        }
        return !LEFT_OUT.matcher(directory.toString()).matches();
    }

    private void mimeDatabase() throws IOException {
        if (!tree.names("usr/share/mime/packages").isEmpty()) {
            add("mime", "usr/bin/update-mime-database", "the database of MIME types",
                    Reads.data("usr/share/mime/packages"), """
                    mkdir -p $OUT/usr/share/mime
                    ln -s /usr/share/mime/packages $OUT/usr/share/mime/packages
                    PKGSYSTEM_ENABLE_FSYNC=0 update-mime-database $OUT/usr/share/mime
                    rm $OUT/usr/share/mime/packages
                    """);
        }
    }

    private void iconCaches() throws IOException {
        for (String tool : List.of(
                "usr/bin/gtk-update-icon-cache-3.0",
                "usr/bin/gtk-update-icon-cache",
                "usr/bin/gtk4-update-icon-cache")) {
            if (!tree.has(tool)) {
                continue;
            }
            int number = 0;
            for (Path theme : tree.names("usr/share/icons")) {
                if (isWord(theme) && tree.has("usr/share/icons/" + theme + "/index.theme")) {
                    String place = "usr/share/icons/" + theme;
                    String product = "the icon cache of the theme '" + theme + "'";
                    add("icons-" + ++number, tool, product, Reads.data(place), """
                            mkdir -p $OUT/usr/share/icons/THEME
                            ln -s /usr/share/icons/THEME/* $OUT/usr/share/icons/THEME/
                            /TOOL --force --quiet $OUT/usr/share/icons/THEME
                            find $OUT -type l -delete
                            """.replace("THEME", theme.toString()).replace("TOOL", tool));
                }
            }
            return;
        }
    }

    /** Links by which OpenSSL finds certificates; the certificates themselves are there already. */
    private void certificateLinks() throws IOException {
        if (tree.has("etc/ssl/certs/ca-certificates.crt")) {
            add("certificates", "usr/bin/openssl", "links by which OpenSSL finds certificates",
                    Reads.data("etc/ssl", "usr/share/ca-certificates"), """
                    mkdir -p $OUT/etc/ssl/certs
                    cp -P /etc/ssl/certs/*.pem $OUT/etc/ssl/certs/
                    openssl rehash $OUT/etc/ssl/certs
                    rm $OUT/etc/ssl/certs/*.pem
                    """);
        }
    }

    /** Without a cache the loader finds what is in the folders of the architectures, and nothing else. */
    private void libraryCache() throws IOException {
        if (LibraryFolders.needCache(tree)) {
            Reads reads = Reads.data("etc/ld.so.conf", "etc/ld.so.conf.d", "usr/lib", "usr/lib32", "usr/lib64",
                    "usr/libx32", "usr/local", "opt");
            add("libraries", "usr/sbin/ldconfig", "the cache of shared libraries", reads, """
                    mkdir -p $OUT/etc
                    ldconfig -X -i -C $OUT/etc/ld.so.cache
                    """);
        }
    }

    /** The first program that uses fonts makes the cache; fc-cache would do it too, but then sleep for two seconds. */
    private void fontCache() throws IOException {
        if (tree.has("etc/fonts/fonts.conf") && tree.has("usr/bin/fc-list")) {
            String place = "/var/cache/fontconfig";
            wanted.add(new Wanted(
                    new TreeTools.Task("fonts", "fc-list > /dev/null\n", List.of(place)),
                    owner("usr/bin/fc-list"),
                    "the font cache",
                    Reads.data("etc/fonts", "usr/share/X11", "usr/share/fontconfig", "usr/share/fonts",
                            "usr/share/ghostscript", "usr/share/texmf", "usr/share/xml")));
        }
    }

    private void schemas() throws IOException {
        if (tree.names("usr/share/glib-2.0/schemas").isEmpty()) {
            return;
        }
        for (String folder : libraryFolders(tree)) {
            String tool = folder + "/glib-2.0/glib-compile-schemas";
            if (tree.has(tool)) {
                Reads reads = Reads.data("usr/share/glib-2.0/schemas");
                add("schemas", tool, "the compiled schemas of settings", reads, """
                        mkdir -p $OUT/usr/share/glib-2.0/schemas
                        /TOOL --targetdir=$OUT/usr/share/glib-2.0/schemas /usr/share/glib-2.0/schemas
                        """.replace("TOOL", tool));
                return;
            }
        }
    }

    /** Lists of what GLib, GTK and gdk-pixbuf load while they run. */
    private void modules(String folder) throws IOException {
        String query = folder + "/glib-2.0/gio-querymodules";
        for (String modules : List.of(
                "gio/modules", "gtk-4.0/4.0.0/immodules", "gtk-4.0/4.0.0/printbackends", "gtk-4.0/4.0.0/media")) {
            String place = folder + "/" + modules;
            if (hasLibraries(place)) {
                String product = "the list of modules in '/" + place + "'";
                add(name(place), query, product, Reads.libraries(place), """
                        mkdir -p $OUT/PLACE
                        ln -s /PLACE/*.so $OUT/PLACE/
                        /TOOL $OUT/PLACE
                        rm $OUT/PLACE/*.so
                        """.replace("PLACE", place).replace("TOOL", query));
            }
        }
        if (hasLibraries(folder + "/gdk-pixbuf-2.0/2.10.0/loaders")) {
            list(folder + "/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders", folder + "/gdk-pixbuf-2.0/2.10.0/loaders",
                    "loaders.cache", "the list of image loaders");
        }
        for (String owner : List.of("libgtk-3-0", "libgtk-3-0t64")) {
            list(folder + "/" + owner + "/gtk-query-immodules-3.0", folder + "/gtk-3.0/3.0.0/immodules",
                    "immodules.cache", "the list of input methods");
        }
        for (String owner : List.of("libgtk2.0-0", "libgtk2.0-0t64")) {
            list(folder + "/" + owner + "/gtk-query-immodules-2.0", folder + "/gtk-2.0/2.10.0/immodules",
                    "immodules.cache", "the list of input methods");
        }
    }

    /** A list of libraries in a file beside their folder. */
    private void list(String tool, String libraries, String file, String product) throws IOException {
        String folder = libraries.substring(0, libraries.lastIndexOf('/'));
        add(name(libraries), tool, product, Reads.libraries(libraries), """
                mkdir -p $OUT/FOLDER
                /TOOL > $OUT/FOLDER/FILE
                """.replace("TOOL", tool).replace("FILE", file).replace("FOLDER", folder));
    }

    private void graphviz(String folder) throws IOException {
        String place = folder + "/graphviz";
        if (tree.names(place).stream().anyMatch(name -> name.toString().startsWith("libgvplugin_"))) {
            String tool = tree.has("usr/bin/dot") ? "usr/bin/dot" : "usr/sbin/libgvc6-config-update";
            add(name(place), tool, "the list of Graphviz's plugins", Reads.libraries(place), """
                    mkdir -p $OUT/PLACE
                    ln -s /PLACE/*.so* $OUT/PLACE/
                    GVBINDIR=$OUT/PLACE /TOOL -c
                    find $OUT -type l -delete
                    """.replace("PLACE", place).replace("TOOL", tool));
        }
    }

    /** Aspell's dictionaries: Debian keeps them in {@code /var}, but aspell looks here. */
    private void dictionaries() throws IOException {
        if (tree.names("usr/share/aspell").stream().anyMatch(name -> name.toString().endsWith("wl.gz"))) {
            Reads reads = Reads.data("usr/share/aspell", "usr/lib/aspell");
            add("aspell", "usr/bin/aspell", "dictionaries of aspell", reads, """
                    mkdir -p $OUT/usr/lib/aspell
                    cd /usr/share/aspell
                    words() {
                        if [ -e "$1.mwl.gz" ]; then zcat "$1.mwl.gz"
                        elif [ -e "$1.wl.gz" ]; then zcat "$1.wl.gz"
                        else zcat "$1.cwl.gz" | precat; fi
                    }
                    dictionary() {
                        words "$1" | aspell --per-conf=/dev/null --dont-validate-affixes \\
                            --local-data-dir=/usr/lib/aspell --lang="$2" \\
                            create master "$OUT/usr/lib/aspell/$1.rws"
                    }
                    for list in *.contents; do
                        [ ! -e "$list" ] || sed 's/#.*//' "$list" | while read -r name; do
                            [ -z "$name" ] || dictionary "$name" "${list%.contents}"
                        done
                    done
                    for list in *wl.gz; do
                        name=${list%.*}
                        name=${name%.*}
                        if [ -e "/usr/lib/aspell/$name.dat" ] && [ ! -e "$name.contents" ]; then
                            dictionary "$name" "$name"
                        fi
                    done
                    """);
        }
    }

    private boolean hasLibraries(String place) throws IOException {
        return tree.names(place).stream().anyMatch(name -> name.toString().endsWith(".so"));
    }

    private void add(String name, String tool, String product, Reads reads, String script) throws IOException {
        if (tree.file(tool).isPresent()) {
            wanted.add(new Wanted(new TreeTools.Task(name, script, List.of()), owner(tool), product, reads));
        }
    }

    private String owner(String tool) throws IOException {
        return tree.owner(tool).orElse("cairn");
    }

    private static String name(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Whether a name can stand in a script as it is. */
    private static boolean isWord(Path name) {
        return name.toString().matches("[A-Za-z0-9][A-Za-z0-9._+-]*");
    }
}
