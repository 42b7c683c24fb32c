// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildFailure;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.util.Optional;

/** Why one build failed, in the words of guix-daemon and in Cairn's own. Never leaves this package. */
final class BuildError extends Exception {
    /** How far the build had come, and so how programs are told of its end (daemon, section 6.2). */
    enum Stage {
        /** It was refused before its builder started. */
        BEFORE,
        /** Its builder was ended. */
        STOPPED,
        /** Its builder failed. */
        FAILED,
        /** What its builder made was refused. */
        REJECTED,
        /** It failed earlier and was not tried again. */
        REMEMBERED
    }

    private static final long serialVersionUID = 1;

    private final Stage stage;
    private final BuildFailure kind;
    private final String reason;
    private final transient Optional<String> hint;
    private final transient Optional<DaemonException> own;

    private BuildError(
            Stage stage,
            BuildFailure kind,
            String wire,
            String reason,
            Optional<String> hint,
            Optional<DaemonException> own) {
        super(wire);
        this.stage = stage;
        this.kind = kind;
        this.reason = reason;
        this.hint = hint;
        this.own = own;
    }

    /**
     * @param wire guix-daemon's text
     * @param reason for people, to follow the name of what was built
     */
    static BuildError of(Stage stage, BuildFailure kind, String wire, String reason) {
        return new BuildError(stage, kind, wire, reason, Optional.empty(), Optional.empty());
    }

    /** What a builder made is refused. */
    static BuildError rejected(String wire, String reason) {
        return of(Stage.REJECTED, BuildFailure.OTHER, wire, reason);
    }

    /** What a builder made is refused, for a reason that people are told by an exception of its own. */
    static BuildError rejected(String wire, DaemonException own) {
        return new BuildError(
                Stage.REJECTED, BuildFailure.OTHER, wire, own.getMessage(), own.hint(), Optional.of(own));
    }

    /** A builder ended well, as far as it told, but could not make its output. */
    static BuildError withoutOutput(StorePath derivation, StorePath output, CairnException why) {
        return new BuildError(
                Stage.REJECTED,
                BuildFailure.OTHER,
                "builder for `" + derivation + "' failed to produce output path `" + output + "'",
                why.getMessage(),
                why.hint(),
                Optional.empty());
    }

    /** A builder failed. */
    static BuildError failed(BuildFailure kind, String wire, String reason, Optional<String> hint) {
        return new BuildError(Stage.FAILED, kind, wire, reason, hint, Optional.empty());
    }

    Stage stage() {
        return stage;
    }

    BuildFailure kind() {
        return kind;
    }

    /** For people, without what was built. */
    String reason() {
        return reason;
    }

    Optional<String> hint() {
        return hint;
    }

    /** What people are told instead of that the build failed. */
    Optional<DaemonException> own() {
        return own;
    }
}
