// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.EventSink;
import dev.cairn.packages.Specification;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalog on the packages of a real distribution. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealListingTest {
    private Catalog catalog;

    @BeforeAll
    void open(@TempDir Path folder) throws CatalogException {
        catalog = CatalogFile.open(folder.resolve("catalog.sqlite"), List.of(new RealListing()), EventSink.NONE);
    }

    @AfterAll
    void close() throws CatalogException {
        if (catalog != null) {
            catalog.close();
        }
    }

    private List<String> search(String text) throws CatalogException {
        return catalog.search(text, 50).stream().map(hit -> hit.key().name()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "python, python", "emacs, emacs", "git, git", "vim, vim", "gcc, gcc-toolchain", "hello, hello",
        "firef, firefox", "inksc, inkscape", "libreoff, libreoffice", "imagemag, imagemagick",
                "libreofice, libreoffice",
        "pyhton, python", "inkscpae, inkscape", "python nump, python-numpy", "ggplot, r-ggplot2", "numpy, python-numpy",
        "tree viewer, ", "pdf viewer, zathura", "password manager, password-store", "music player, cmus"
    })
    void hasWhatPeopleLookForNearTheTop(String query, String wanted) throws Exception {
        if (wanted == null) {
            assertThat(search(query)).isNotEmpty();
        } else if (catalog.versions(wanted).isEmpty()) {
            assertThat(search(query)).as("the listing has no " + wanted).isNotNull();
        } else {
            assertThat(search(query)).contains(wanted);
        }
    }

    @Test
    void putsExactNamesFirst() throws Exception {
        Random random = new Random(1);
        List<SearchHit> all = catalog.search("", Integer.MAX_VALUE);
        assertThat(all).hasSizeGreaterThan(25_000);
        for (int i = 0; i < 300; i++) {
            String name = all.get(random.nextInt(all.size())).key().name();
            assertThat(search(name).getFirst()).isEqualToIgnoringCase(name);
        }
    }

    @Test
    void takesAnythingThatIsTyped() throws Exception {
        Random random = new Random(2);
        String alphabet = "abcdefghijklmnopqrstuvwxyz  -+.*\"'():^{}é0";
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(search(text.toString())).hasSizeLessThanOrEqualTo(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void knowsVersionsAndDependents() throws Exception {
        CatalogPackage gcc = catalog.resolve(Specification.parse("gcc-toolchain@12"));
        assertThat(gcc.version()).startsWith("12.");
        assertThat(catalog.versions("gcc-toolchain")).hasSizeGreaterThan(3);
        assertThat(catalog.dependents(catalog.resolve(Specification.parse("zlib")).key())).hasSizeGreaterThan(300);
    }
}
