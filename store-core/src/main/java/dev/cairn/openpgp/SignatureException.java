// SPDX-License-Identifier: Apache-2.0
package dev.cairn.openpgp;

import dev.cairn.error.CairnException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something is not signed as it must be. */
public final class SignatureException extends CairnException {
    private final transient List<SignatureProblem> problems;

    SignatureException(List<SignatureProblem> problems) {
        super(
                problems.stream().map(SignatureProblem::message).distinct().collect(Collectors.joining("; it ")),
                Optional.empty(),
                Optional.empty());
        this.problems = List.copyOf(problems);
    }

    SignatureException(SignatureProblem problem) {
        this(List.of(problem));
    }

    /** What is wrong with each of the signatures, at least one. The message is the end of a sentence like these. */
    public List<SignatureProblem> problems() {
        return problems;
    }
}
