// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import dev.cairn.layout.LogicalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs that items have, of a profile or needed by it. */
final class Tools {
    private final LogicalFiles files;
    private final List<Path> items;

    /** Where they are, by name; several tasks need the same. */
    private final Map<String, Optional<Tool>> found = new HashMap<>();

    /**
     * A program.
     *
     * @param item that has it
     */
    record Tool(Path item, Path program) {}

    /** @param more logical names of items besides the profile's, which come first */
    Tools(HookInputs inputs, List<Path> more) {
        this.files = inputs.files();
        this.items = new ArrayList<>(inputs.items());
        this.items.addAll(more);
    }

    /** @param program its name, relative to an item */
    Optional<Tool> find(String program) throws IOException {
        Optional<Tool> known = found.get(program);
        if (known == null) {
            known = search(program);
            found.put(program, known);
        }
        return known;
    }

    private Optional<Tool> search(String program) throws IOException {
        for (Path item : items) {
            Optional<Path> file = files.resolve(item.resolve(program));
            if (file.isPresent() && Files.isExecutable(file.get())) {
                return Optional.of(new Tool(item, item.resolve(program)));
            }
        }
        return Optional.empty();
    }
}
