// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Small trees of files, as golden files write them and as tests compare them. */
public final class Trees {
    private Trees() {}

    /**
     * Makes what {@code {"directory": ...}}, {@code {"file": ..., "executable": ...}} or {@code {"symlink": ...}} says.
     */
    public static void make(Path path, JsonNode node) throws IOException {
        if (node.has("directory")) {
            Files.createDirectories(path);
            for (Map.Entry<String, JsonNode> entry : node.get("directory").properties()) {
                make(path.resolve(entry.getKey()), entry.getValue());
            }
        } else if (node.has("symlink")) {
            Files.createSymbolicLink(path, Path.of(node.get("symlink").asString()));
        } else {
            Files.writeString(path, node.get("file").asString());
            if (node.get("executable").asBoolean()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** What such a node describes, in the form of {@link #list}. */
    public static SortedMap<String, String> listing(JsonNode node) {
        SortedMap<String, String> listing = new TreeMap<>();
        describe("", node, listing);
        return listing;
    }

    private static void describe(String name, JsonNode node, SortedMap<String, String> listing) {
        if (node.has("directory")) {
            if (!name.isEmpty()) {
                listing.put(name, "directory");
            }
            for (Map.Entry<String, JsonNode> entry : node.get("directory").properties()) {
                describe(name.isEmpty() ? entry.getKey() : name + "/" + entry.getKey(), entry.getValue(), listing);
            }
        } else {
            listing.put(name, node.has("symlink") ? "-> " + node.get("symlink").asString() : "file");
        }
    }

    /** Relative names of everything below a folder: {@code directory}, {@code file} or {@code -> TARGET}. */
    public static SortedMap<String, String> list(Path folder) throws IOException {
        SortedMap<String, String> listing = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.filter(p -> !p.equals(folder)).toList()) {
                listing.put(folder.relativize(path).toString(), describe(path));
            }
        }
        return listing;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "directory" : "file";
    }
}
