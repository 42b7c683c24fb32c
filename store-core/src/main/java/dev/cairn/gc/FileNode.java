// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a collection needs to know of a file.
 *
 * @param key the same for all names of one file
 * @param names how many names it has
 * @param size octets in it
 */
record FileNode(boolean isDirectory, boolean isFile, Object key, int names, long size) {
    static FileNode read(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(
                path, "unix:isDirectory,isRegularFile,fileKey,nlink,size", LinkOption.NOFOLLOW_LINKS);
        return new FileNode(
                (Boolean) attributes.get("isDirectory"),
                (Boolean) attributes.get("isRegularFile"),
                attributes.get("fileKey"),
                (Integer) attributes.get("nlink"),
                (Long) attributes.get("size"));
    }
}
