// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.hash.Hash;
import java.util.List;

/** What a package is made from. */
public sealed interface Source {
    /**
     * A file or folder of the channel.
     *
     * @param path relative to the channel, checked by {@link PackageNames#isRelativePath}
     */
    record Local(String path) implements Source {
        /** The last component, under which it is added to the store. */
        public String itemName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * A file from elsewhere, known by its hash.
     *
     * @param uris where it may be, tried in order; at least one
     * @param sha256 of its contents
     * @param fileName of the item in the store
     */
    record Download(List<String> uris, Hash sha256, String fileName) implements Source {
        public Download {
            uris = List.copyOf(uris);
        }
    }
}
