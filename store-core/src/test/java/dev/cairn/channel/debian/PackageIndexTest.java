// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageIndexTest {
    @TempDir
    private Path folder;

    private PackageIndex open(FetchedIndex... indices) throws IOException {
        return PackageIndex.open(folder.resolve("packages.index"), List.of(indices));
    }

    private static List<String> labels(PackageIndex.Entries entries) {
        return entries.sound().stream().map(entry -> entry.description().label()).toList();
    }

    private static PackagesFile sample() {
        return new PackagesFile()
                .add("mawk", "1.3.4", "Provides: awk")
                .add("gawk", "1:5.2", "Provides: awk,\n  gawk-doc (= 5),editor")
                .add("libc6", "2.36", "Depends: libgcc-s1, libcrypt1 (>= 1)")
                .add("libc6", "2.37")
                .add("dpkg", "1.21", "Essential: yes", "Pre-Depends: tar")
                .add("a", "1")
                .add("zsh", "5");
    }

    @Test
    void findsPackagesByName() throws Exception {
        PackageIndex index = open(sample().write(folder.resolve("Packages")));
        assertThat(labels(index.named("libc6"))).containsExactly("libc6@2.36", "libc6@2.37");
        for (String name : List.of("mawk", "gawk", "dpkg", "a", "zsh")) {
            assertThat(labels(index.named(name))).hasSize(1).allMatch(label -> label.startsWith(name + "@"));
        }
        for (String name : List.of("", "aa", "libc", "libc66", "zzz", "é", "awk")) {
            assertThat(labels(index.named(name))).as(name).isEmpty();
        }
        assertThat(index.size()).isEqualTo(7);
        assertThat(index.named("libc6").sound().getFirst().description().depends()).hasSize(2);
    }

    @Test
    void findsProvidersAndEssentialPackages() throws Exception {
        PackageIndex index = open(sample().write(folder.resolve("Packages")));
        assertThat(labels(index.providing("awk"))).containsExactly("mawk@1.3.4", "gawk@1:5.2");
        assertThat(labels(index.providing("gawk-doc"))).containsExactly("gawk@1:5.2");
        assertThat(labels(index.providing("editor"))).containsExactly("gawk@1:5.2");
        assertThat(labels(index.providing("libc6"))).isEmpty();
        assertThat(index.essential()).containsExactly("dpkg");
    }

    @Test
    void namesAreSorted() throws Exception {
        PackageIndex index = open(sample().write(folder.resolve("Packages")));
        assertThat(index.nameCount()).isEqualTo(6);
        assertThat(java.util.stream.IntStream.range(0, 6).mapToObj(index::name))
                .containsExactly("a", "dpkg", "gawk", "libc6", "mawk", "zsh");
        assertThat(labels(index.entries(3))).containsExactly("libc6@2.36", "libc6@2.37");
    }

    @Test
    void joinsSeveralIndices() throws Exception {
        FetchedIndex main = sample().write(folder.resolve("main"));
        FetchedIndex security = new PackagesFile().add("libc6", "2.38").write(folder.resolve("security"));
        FetchedIndex empty = new PackagesFile().write(folder.resolve("empty"));
        PackageIndex index = open(main, empty, security);
        assertThat(labels(index.named("libc6"))).containsExactly("libc6@2.36", "libc6@2.37", "libc6@2.38");
        assertThat(index.named("libc6").sound().getLast().index()).isEqualTo(security);
        assertThat(open().named("libc6").sound()).isEmpty();
        assertThat(open(empty).nameCount()).isZero();
    }

    @Test
    void takesLooseForms() throws Exception {
        FetchedIndex loose = new PackagesFile()
                .raw("\n  \n\t\n")
                .raw("package: one\r\nVersion: 1\r\nARCHITECTURE: all\r\nprovides: first\r\n \r\n")
                .raw("# a comment\nPackage: two\nVersion: 2\nArchitecture: all\nDescription: x\n .\n y\n \n")
                .raw("Version: 3\nArchitecture: all\nPackage: three")
                .write(folder.resolve("Packages"));
        PackageIndex index = open(loose);
        assertThat(labels(index.named("one"))).containsExactly("one@1");
        assertThat(labels(index.providing("first"))).containsExactly("one@1");
        assertThat(labels(index.named("two"))).containsExactly("two@2");
        assertThat(labels(index.named("three"))).containsExactly("three@3");
        assertThat(index.size()).isEqualTo(3);
    }

    @Test
    void passesOverWhatCannotBeRead() throws Exception {
        FetchedIndex damaged = new PackagesFile()
                .add("good", "1")
                .raw("Package: bad\nVersion: 1\nArchitecture: amd64\nDepends: (((\n\n")
                .raw("Package: ../../evil\nVersion: 1\nArchitecture: amd64\n\n")
                .raw("Something: else\n\n")
                .add("better", "1")
                .raw("Package: long\nDescription: " + "x".repeat(ParagraphScanner.LONGEST_PARAGRAPH + 10) + "\n\n")
                .add("lost", "1")
                .write(folder.resolve("Packages"));
        PackageIndex index = open(damaged);
        assertThat(labels(index.named("good"))).hasSize(1);
        assertThat(labels(index.named("better"))).hasSize(1);
        assertThat(index.named("bad").sound()).isEmpty();
        assertThat(index.named("bad").problems()).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("bad").contains("Depends"));
        assertThat(index.named(PackageIndexWriter.UNNAMED).sound()).isEmpty();
        assertThat(index.named(PackageIndexWriter.UNNAMED).problems()).hasSize(3);
    }

    @Test
    void findsParagraphsThatCrossItsBuffer() throws Exception {
        PackagesFile file = new PackagesFile();
        for (int i = 0; i < 4000; i++) {
            file.add("p" + i, "1." + i, "Provides: v" + i, "Tag: " + "t".repeat(i % 700));
        }
        file.add("large", "1", "Tag: " + "t".repeat(900_000));
        file.add("last", "1");
        PackageIndex index = open(file.write(folder.resolve("Packages")));
        for (int i = 0; i < 4000; i++) {
            assertThat(labels(index.named("p" + i))).containsExactly("p" + i + "@1." + i);
            assertThat(labels(index.providing("v" + i))).containsExactly("p" + i + "@1." + i);
        }
        assertThat(labels(index.named("large"))).hasSize(1);
        assertThat(labels(index.named("last"))).hasSize(1);
    }

    @Test
    void makesADamagedFileAgain() throws Exception {
        FetchedIndex packages = sample().write(folder.resolve("Packages"));
        open(packages);
        Path file = folder.resolve("packages.index");
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length; at += 7) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThat(labels(open(packages).named("zsh"))).as("octet %s", at).containsExactly("zsh@5");
            assertThat(Files.readAllBytes(file)).isEqualTo(sound);
        }
        for (int length : new int[] {0, 5, 12, 40, sound.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(sound, length));
            assertThat(labels(open(packages).named("zsh"))).as("length %s", length).containsExactly("zsh@5");
        }
        FetchedIndex changed = sample().add("zsh", "6").write(folder.resolve("Packages"));
        assertThat(labels(open(changed).named("zsh"))).containsExactly("zsh@5", "zsh@6");
    }

    @Test
    void goesOnReadingDeletedFiles() throws Exception {
        FetchedIndex packages = sample().write(folder.resolve("Packages"));
        PackageIndex index = open(packages);
        Files.delete(folder.resolve("Packages"));
        Files.delete(folder.resolve("packages.index"));
        assertThat(labels(index.named("zsh"))).containsExactly("zsh@5");
    }
}
