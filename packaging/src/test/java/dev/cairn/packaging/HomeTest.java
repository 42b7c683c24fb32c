// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the launcher that each have a home folder of their own. */
abstract class HomeTest {
    Path home = Path.of("/");
    Launcher cairn = Launcher.in(home);

    @BeforeEach
    void makeHome() {
        home = TemporaryHome.create();
        cairn = Launcher.in(home);
    }

    @AfterEach
    void deleteHome() throws IOException {
        TemporaryHome.delete(home);
    }
}
