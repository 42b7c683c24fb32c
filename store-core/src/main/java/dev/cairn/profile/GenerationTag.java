// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.error.CairnException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the user put on a generation.
 *
 * @param label a name for it; see {@link #labelled}
 * @param pinned whether it stays when generations are deleted
 */
public record GenerationTag(Optional<String> label, boolean pinned) {
    /** What becomes of a tag. */
    public interface Change {
        GenerationTag of(GenerationTag tag) throws CairnException;
    }

    /** As most generations are. */
    public static final GenerationTag NONE = new GenerationTag(Optional.empty(), false);

    private static final int MAX_LABEL = 60;

    /** What names generations by number, or could be taken for that. */
    private static final Pattern NUMERIC = Pattern.compile("[+-]?[0-9.,]+[shdwm]?");

    public GenerationTag {
        if (label.filter(text -> problem(text).isPresent()).isPresent()) {
            throw new IllegalArgumentException("not a label: " + label.get());
        }
    }

    /**
     * This with another label: 1 to 60 characters that can be seen, in one line, and no number, so that it can stand
     * for the generation wherever its number can.
     *
     * @param text blanks around it do not count; blank takes the label off
     * @throws ProfileException.BadLabel when it is none of this
     */
    public GenerationTag labelled(String text) throws ProfileException.BadLabel {
        String label = text.strip();
        Optional<String> problem = problem(label);
        if (!label.isEmpty() && problem.isPresent()) {
            throw new ProfileException.BadLabel(label, problem.get());
        }
        return new GenerationTag(Optional.of(label).filter(some -> !some.isEmpty()), pinned);
    }

    /** This, to stay or not. */
    public GenerationTag pinned(boolean pin) {
        return new GenerationTag(label, pin);
    }

    /** What was written, as far as it can be taken. */
    static GenerationTag lenient(String label, boolean pinned) {
        return new GenerationTag(Optional.of(label).filter(text -> problem(text).isEmpty()), pinned);
    }

    private static Optional<String> problem(String label) {
        if (label.isEmpty() || !label.equals(label.strip())) {
            return Optional.of("it is blank, or has blanks around it");
        }
        if (label.codePointCount(0, label.length()) > MAX_LABEL) {
            return Optional.of("it is longer than " + MAX_LABEL + " characters");
        }
        if (label.codePoints().anyMatch(GenerationTag::isHidden)) {
            return Optional.of("it has characters that cannot be shown");
        }
        return NUMERIC.matcher(label).matches()
                ? Optional.of("it could be taken for the number of a generation")
                : Optional.empty();
    }

    /** What would break a line, or change how what follows is shown. */
    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
