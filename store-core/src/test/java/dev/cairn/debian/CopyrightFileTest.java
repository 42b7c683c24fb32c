// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyrightFileTest {
    private static final String FORMAT =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n";

    private static List<String> licences(String text) {
        return CopyrightFile.licences(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesLicencesOfFilesOnceInOrder() {
        assertThat(licences(FORMAT + """
                Upstream-Name: demo
                License: all-rights-of-the-package

                Files: *
                Copyright: 2020 Mara Example
                License: GPL-2+  or Artistic

                Files: src/*
                Copyright: 2020 Mara Example
                License: Expat
                 Permission is hereby granted
                 .
                 and so on

                Files: debian/*
                License: GPL-2+ or Artistic

                License: GPL-3
                 is named here only
                """)).containsExactly("GPL-2+ or Artistic", "Expat");
    }

    @Test
    void takesThatOfThePackageIfNoFilesAreNamed() {
        assertThat(licences(FORMAT + "License: MIT\n\nLicense: BSD\n text\n")).containsExactly("MIT");
    }

    @Test
    void passesOverMistakes() {
        assertThat(licences(FORMAT + "\nFiles: a\nLicense: A\n\nno field here\n\nFiles: b\nLicense: B\n"))
                .containsExactly("A", "B");
        assertThat(licences(FORMAT.replace("\n", "\r\n") + "\r\nFiles: a\r\nLicense: A\r\n")).containsExactly("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "This package was put together by hand.\n\nLicense: GPL\n", "Files: *\nLicense: GPL\n",
                "Format: something else\n\nFiles: *\nLicense: GPL\n"
            })
    void findsNothingInOtherFiles(String text) {
        assertThat(licences(text)).isEmpty();
    }

    @Test
    void boundsNumberAndLength() {
        var text = new StringBuilder(FORMAT);
        for (int i = 0; i < 1000; i++) {
            text.append("\nFiles: f\nLicense: L-").append(i).append('\n');
        }
        assertThat(licences(text.toString())).hasSize(40).startsWith("L-0");
        assertThat(licences(FORMAT + "\nFiles: f\nLicense: " + "x".repeat(1000) + "\n")).isEmpty();
    }
}
