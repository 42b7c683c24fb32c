// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.Root;
import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what daemons call roots: names of links, and Nix's for those that are none. */
final class RootNames {
    private static final Pattern PROCESS_FOLDER = Pattern.compile("/proc/([0-9]+)/.*");
    private static final Pattern TEMPORARY = Pattern.compile("\\{temp:([0-9]+)\\}");

    private final StoreLayout layout;

    RootNames(StoreLayout layout) {
        this.layout = layout;
    }

    /**
     * The roots with items of this store.
     *
     * @param held temporary roots of the session itself, which it is not told of
     */
    List<Root> roots(List<Map.Entry<String, String>> told, Set<StorePath> held) {
        List<Root> roots = new ArrayList<>();
        List<Root> temporary = new ArrayList<>();
        for (Map.Entry<String, String> root : told) {
            item(root.getValue()).map(item -> root(root.getKey(), item)).ifPresent(known ->
                    (known.kind() == Root.Kind.TEMPORARY ? temporary : roots).add(known));
        }
        List<StorePath> items = temporary.stream().map(Root::item).toList();
        for (Root root : temporary) {
            // One of the holders is this session.
            if (!held.contains(root.item()) || Collections.frequency(items, root.item()) > 1) {
                roots.add(root);
            }
        }
        return roots;
    }

    private Optional<StorePath> item(String name) {
        try {
            return Optional.of(layout.storeDirectory().itemOf(name));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private Root root(String name, StorePath item) {
        Matcher temporary = TEMPORARY.matcher(name);
        if (temporary.matches()) {
            return new Root(Root.Kind.TEMPORARY, "pid " + temporary.group(1), item);
        }
        Matcher process = PROCESS_FOLDER.matcher(name);
        if (process.matches()) {
            return new Root(Root.Kind.PROCESS, "pid " + process.group(1), item);
        }
        if (name.startsWith("{")) {
            return new Root(Root.Kind.PROCESS, name, item);
        }
        boolean profile = name.startsWith(layout.places().state() + "/profiles/")
                || name.startsWith(layout.profiles() + "/");
        return new Root(profile ? Root.Kind.PROFILE : Root.Kind.LINK, name, item);
    }
}
