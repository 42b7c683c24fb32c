// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.CatalogFile;
import dev.cairn.catalog.CatalogSource;
import dev.cairn.catalog.RealListing;
import dev.cairn.catalog.SearchHit;
import dev.cairn.channel.debian.DebianChannel;
import dev.cairn.channel.debian.RealArchive;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one keystroke in the search field takes on the packages of real distributions. {@link #keystroke} types
 * the queries letter by letter in a warm JVM; {@link #main} does so once in a fresh one and prints every figure.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class SearchBench {
    /** As many rows as the window asks for. */
    private static final int LIMIT = 200;

    /** What people type: names, beginnings, parts of names, kinds of programs, several words, typing errors. */
    private static final List<String> QUERIES = List.of(
            "firefox icecat emacs vim neovim nano kate gedit geany code python python-numpy numpy pandas scipy jupyter",
            "gcc clang llvm rust cargo go ghc ocaml racket guile sbcl clojure openjdk maven gradle node ruby perl lua",
            "git mercurial subversion darcs fossil tig magit make cmake meson ninja autoconf automake libtool bazel",
            "bash zsh fish tmux screen htop ncdu tree ripgrep fd fzf jq bat exa curl wget rsync openssh mosh nmap",
            "gimp inkscape krita blender darktable imagemagick ffmpeg mpv vlc audacity ardour lilypond musescore",
            "libreoffice abiword gnumeric evince okular zathura calibre texlive pandoc hugo mutt thunderbird claws",
            "postgresql mariadb sqlite redis nginx apache haproxy docker podman qemu virt-manager wireshark tcpdump",
            "gnome xfce mate i3 sway awesome bspwm dwm dmenu rofi polybar picom alacritty kitty rxvt xterm st foot",
            "zlib bzip2 xz zstd lz4 openssl gnutls libsodium gnupg pass keepassxc age libpng freetype cairo pango",
            "font-dejavu fonts aspell hunspell translate dictionary chess sudoku tetris nethack supertux frozen "
                    + "wesnoth",
            "r-ggplot2 ggplot dplyr octave maxima gnuplot sagemath geogebra stellarium celestia gpsbabel qgis")
            .stream()
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .toList();

    private static final List<String> PHRASES = List.of(
            "text editor", "web browser", "image viewer", "music player", "pdf reader", "file manager",
                    "password manager",
            "json parser", "http server", "video editor", "spell checker", "terminal emulator", "window manager",
            "unit testing framework", "the quick", "command line", "machine learning", "pyhton", "emcas", "firefxo",
            "libreofice", "c++", "c compiler", "a", "lib", "zzzz", "x y z", "gnu hello", "sql database",
                    "e-mail client", "python3-numpy", "libgtk", "librust", "imagmagick", "gnmoe-calculator", "mail-transport-agent");

    private Path folder = Path.of("");
    private @Nullable Catalog catalog;
    private List<String> keystrokes = List.of();
    private int next;

    @Setup
    public void open() throws IOException, CairnException {
        folder = Files.createTempDirectory("cairn-search");
        catalog = CatalogFile.open(folder.resolve("catalog.sqlite"), sources(folder), EventSink.NONE);
        keystrokes = keystrokes();
    }

    /** A real distribution, and the archive that this machine's apt knows, where it does. */
    private static List<CatalogSource> sources(Path folder) throws IOException, CairnException {
        List<CatalogSource> sources = new ArrayList<>(List.of(new RealListing()));
        Optional<DebianChannel> archive = RealArchive.channel(folder.resolve("archive"));
        if (archive.isPresent()) {
            archive.get().refresh(EventSink.NONE);
            sources.add(archive.get());
        }
        return sources;
    }

    @TearDown
    public void close() throws IOException, CatalogException {
        Objects.requireNonNull(catalog).close();
        FileTrees.delete(folder);
    }

    @Benchmark
    public List<SearchHit> keystroke() throws CatalogException {
        next = (next + 1) % keystrokes.size();
        return Objects.requireNonNull(catalog).search(keystrokes.get(next), LIMIT);
    }

    private static List<String> keystrokes() {
        List<String> keystrokes = new ArrayList<>();
        List<String> queries = new ArrayList<>(QUERIES);
        queries.addAll(PHRASES);
        for (String query : queries) {
            for (int end = 1; end <= query.length(); end++) {
                keystrokes.add(query.substring(0, end));
            }
        }
        return keystrokes;
    }

    /** @param arguments the file of a catalog that is to be used, made if it is missing; by default a temporary one */
    public static void main(String[] arguments) throws IOException, CairnException {
        Path folder = Files.createTempDirectory("cairn-search");
        Path file = arguments.length > 0 ? Path.of(arguments[0]) : folder.resolve("catalog.sqlite");
        List<CatalogSource> sources = sources(folder);
        long start = System.nanoTime();
        CatalogFile.open(file, sources, EventSink.NONE).close();
        System.out.printf("made or checked: %.1f ms%n", milliseconds(start));
        start = System.nanoTime();
        try (Catalog catalog = CatalogFile.open(file, sources, EventSink.NONE)) {
            System.out.printf("%d packages%n", catalog.size());
            System.out.printf("opened again: %.1f ms%n", milliseconds(start));
            start = System.nanoTime();
            catalog.search("", LIMIT);
            System.out.printf("all packages, as at the start of the window: %.1f ms%n", milliseconds(start));
            measure(catalog, "first pass", 1);
            measure(catalog, "warm, the best of five", 5);
        }
        FileTrees.delete(folder);
    }

    private static void measure(Catalog catalog, String title, int passes) throws CatalogException {
        record Taken(String query, double milliseconds) {}
        List<Taken> taken = new ArrayList<>();
        for (String keystroke : keystrokes()) {
            double best = Double.MAX_VALUE;
            for (int pass = 0; pass < passes; pass++) {
                long start = System.nanoTime();
                catalog.search(keystroke, LIMIT);
                best = Math.min(best, milliseconds(start));
            }
            taken.add(new Taken(keystroke, best));
        }
        System.out.printf("%s: %d keystrokes, the first %.2f ms%n", title, taken.size(), taken.getFirst()
                .milliseconds());
        taken.sort((a, b) -> Double.compare(a.milliseconds(), b.milliseconds()));
        System.out.printf("  median %.3f ms, 99 %% %.2f ms, worst %.2f ms ('%s', before it '%s')%n",
                taken.get(taken.size() / 2).milliseconds(),
                taken.get(taken.size() * 99 / 100).milliseconds(),
                taken.getLast().milliseconds(),
                taken.getLast().query(),
                taken.get(taken.size() - 2).query());
    }

    private static double milliseconds(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
