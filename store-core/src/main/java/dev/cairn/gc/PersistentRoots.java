// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.Root;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the links that are roots (formats, section 9.1): below {@code gcroots}, {@code manifests} and {@code profiles}.
 * Links are judged by their text. What vanishes meanwhile is passed over; what may not be read ends the search, because
 * roots may be behind it.
 */
final class PersistentRoots {
    private final StoreLayout layout;
    private final Optional<Activities.Activity> removal;
    private final StoreNames names;
    private final List<Root> roots = new ArrayList<>();

    /**
     * @param removal is told of links in {@code gcroots/auto} that lead nowhere, which are deleted; empty to leave them
     */
    PersistentRoots(StoreLayout layout, Optional<Activities.Activity> removal) {
        this.layout = layout;
        this.removal = removal;
        this.names = new StoreNames(layout);
    }

    /** All of them in the order of their names, also those of items that are not valid. */
    List<Root> find() throws IOException {
        for (Path folder :
                List.of(layout.gcRoots(), layout.state().resolve("manifests"), layout.profiles())) {
            directory(folder, folder.equals(layout.profiles()) ? Root.Kind.PROFILE : Root.Kind.LINK);
        }
        roots.sort(Comparator.comparing(Root::name));
        return roots;
    }

    private void directory(Path folder, Root.Kind kind) throws IOException {
        Interrupts.check();
        List<Path> entries;
        try {
            entries = FileTrees.entries(folder);
        } catch (NoSuchFileException _) {
            return;
        }
        for (Path entry : entries) {
            try {
                entry(entry, kind);
            } catch (NoSuchFileException _) {
                // Deleted since the folder was read.
            }
        }
    }

    private void entry(Path entry, Root.Kind kind) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            directory(entry, kind);
        } else if (attributes.isSymbolicLink()) {
            link(entry, kind);
        } else if (attributes.isRegularFile()) {
            try {
                StorePath item = layout.storeDirectory().item(entry.getFileName().toString());
                roots.add(new Root(kind, entry.toString(), item));
            } catch (FormatException _) {
                // Some other file, the lock of a profile for instance.
            }
        }
    }

    private void link(Path link, Root.Kind kind) throws IOException {
        Path target = Files.readSymbolicLink(link);
        Optional<StorePath> direct = names.itemOf(target.toString());
        if (direct.isPresent()) {
            roots.add(new Root(kind, link.toString(), direct.get()));
            return;
        }
        Path outside = link.resolveSibling(target).normalize();
        try {
            if (Files.readAttributes(outside, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink()) {
                names.itemOf(Files.readSymbolicLink(outside).toString())
                        .ifPresent(item -> roots.add(new Root(kind, outside.toString(), item)));
            }
        } catch (NoSuchFileException _) {
            if (removal.isPresent() && link.startsWith(layout.gcRoots().resolve("auto"))) {
                removal.get()
                        .message(Event.Verbosity.INFO, "removing stale link from `" + link + "' to `" + outside + "'");
                Files.deleteIfExists(link);
            }
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException _) {
            // A name that cannot be one, with a file where a folder should be for instance: no root, but kept.
        }
    }
}
