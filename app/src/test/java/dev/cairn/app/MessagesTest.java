// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.ui.l10n.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that a class of the window asks for by name is there. */
class MessagesTest {
    private static final Pattern BUNDLE = Pattern.compile("TEXTS = Messages\\.of\\(\"(\\w+)\"\\)");
    private static final Pattern KEY = Pattern.compile("TEXTS\\.text\\(\\s*\"([^\"]+)\"\\s*[,)]");

    @Test
    void hasEveryTextThatIsAskedFor() throws IOException {
        Path sources = Path.of(System.getProperty("cairn.root"), "app/src/main/java/dev/cairn/app");
        List<String> missing = new ArrayList<>();
        int asked = 0;
        List<Path> files;
        try (Stream<Path> found = Files.walk(sources)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            Matcher bundle = BUNDLE.matcher(text);
            if (!bundle.find()) {
                continue;
            }
            Messages messages = Messages.of(bundle.group(1));
            for (Matcher key = KEY.matcher(text); key.find(); asked++) {
                if (!messages.has(key.group(1))) {
                    missing.add(file.getFileName() + ": " + key.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void fillsInArguments() {
        assertThat(Messages.of("preview").text("install.title", "hello")).isEqualTo("Install hello");
        assertThat(Messages.of("packages").text("count.all", 1)).isEqualTo("1 package");
    }
}
