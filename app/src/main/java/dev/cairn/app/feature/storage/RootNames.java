// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.profile.Generation;
import dev.cairn.ui.l10n.Messages;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What roots are called on the storage page, and their order there. */
final class RootNames {
    private static final Messages TEXTS = Messages.of("storage");

    /** So many are named; the others are counted. */
    private static final int NAMED = 2;

    /** Generations first, newest first, then the other roots by name. */
    static final Comparator<StorageRoot> ORDER = Comparator.<StorageRoot>comparingInt(
                    root -> -root.generation().map(Generation::number).orElse(-1))
            .thenComparing(StorageRoot::name);

    private RootNames() {}

    static String title(StorageRoot root) {
        return root.generation()
                .map(generation -> generation.tag().label()
                        .map(label -> TEXTS.text("root.generation.named", generation.number(), label))
                        .orElseGet(() -> TEXTS.text("root.generation", generation.number())))
                .orElseGet(() -> root.item().name());
    }

    static String detail(StorageRoot root) {
        if (root.generation().isPresent()) {
            Generation generation = root.generation().get();
            String detail = generation.current()
                    ? TEXTS.text("root.current")
                    : generation.cause().orElse(TEXTS.text("root.old"));
            return generation.tag().pinned() ? TEXTS.text("root.pinned", detail) : detail;
        }
        return switch (root.kind()) {
            case PROCESS -> TEXTS.text("root.process", root.name());
            case TEMPORARY -> TEXTS.text("root.temporary");
            case PROFILE, LINK -> root.name();
        };
    }

    /** The first few of them, what is in use before all others, and how many more there are, in one phrase. */
    static String list(List<StorageRoot> roots) {
        String named = roots.stream()
                .sorted(Comparator.comparing((StorageRoot root) -> !root.isLocked()).thenComparing(ORDER))
                .limit(NAMED)
                .map(RootNames::phrase)
                .collect(Collectors.joining(", "));
        return roots.size() <= NAMED ? named : TEXTS.text("roots.more", named, roots.size() - NAMED);
    }

    private static String phrase(StorageRoot root) {
        if (root.generation().isPresent()) {
            return root.generation().get().current()
                    ? TEXTS.text("root.phrase.current", title(root))
                    : title(root);
        }
        return switch (root.kind()) {
            case PROCESS, TEMPORARY -> detail(root);
            case PROFILE, LINK -> root.name();
        };
    }
}
