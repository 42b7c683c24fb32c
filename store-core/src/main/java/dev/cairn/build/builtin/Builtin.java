// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.http.Fetcher;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A builder that is part of Cairn, named {@code builtin:NAME}. Like any builder it reads its inputs and environment
 * and writes its outputs, nothing else; checking, canonicalising and registering come afterwards.
 */
public interface Builtin {
    /** What follows {@code builtin:}. */
    String name();

    /**
     * Whether it is one of guix-daemon's, which end without a failure and without their output when they cannot make
     * it, and make it under another name when it is valid already.
     */
    default boolean isGuix() {
        return false;
    }

    /** Whether it uses {@link Context#temporary}, which is there only then. */
    default boolean needsTemporaryFolder() {
        return true;
    }

    /**
     * Makes the outputs; interruption ends it with {@link java.nio.channels.ClosedByInterruptException}.
     *
     * @throws CairnException when it fails for a reason the user can act on
     */
    void build(Context context) throws CairnException, IOException;

    /** How a builder tells what guix-daemon's of the same name do. */
    interface Telling {
        /** Says nothing to nobody. */
        Telling NOTHING = new Telling() {
            @Override
            public String nameOf(StorePath output) {
                return output.toString();
            }

            @Override
            public void write(String text) {
                // Nobody listens.
            }
        };

        /** What an output is called while it is made: otherwise than it should be when that is valid already. */
        String nameOf(StorePath output);

        /** Adds to the builder's output for programs to read; people are told by the activity. */
        void write(String text) throws IOException;
    }

    /**
     * One run of a builder.
     *
     * @param path the derivation's own item
     * @param outputs by output name, where to write it: nothing is there yet, the parent exists
     * @param temporary an empty folder for intermediate files, deleted afterwards, if the builder says that it needs it
     * @param fetcher for builders that download
     * @param activity takes progress and log lines
     * @param telling takes what guix-daemon's clients look for
     */
    record Context(
            StorePath path,
            Derivation derivation,
            StoreLayout layout,
            SortedMap<String, Path> outputs,
            Path temporary,
            Fetcher fetcher,
            Activities.Activity activity,
            Telling telling) {
        /** For builders that run by themselves, with nobody listening for what guix-daemon's tell. */
        public Context(
                StorePath path,
                Derivation derivation,
                StoreLayout layout,
                SortedMap<String, Path> outputs,
                Path temporary,
                Fetcher fetcher,
                Activities.Activity activity) {
            this(path, derivation, layout, outputs, temporary, fetcher, activity, Telling.NOTHING);
        }

        /** For builders that download nothing. */
        public Context(
                StorePath path,
                Derivation derivation,
                StoreLayout layout,
                SortedMap<String, Path> outputs,
                Path temporary,
                Activities.Activity activity) {
            this(path, derivation, layout, outputs, temporary, new Fetcher(Proxies.NONE, Patience.USUAL), activity);
        }
    }
}
