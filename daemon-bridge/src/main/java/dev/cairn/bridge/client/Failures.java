// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands the errors that daemons answer with, as far as they mean something to callers. */
final class Failures {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*[a-zA-Z]");
    private static final Pattern NOT_VALID = Pattern.compile("path [`'‘]([^`'’]*)['’] is not valid");

    private Failures() {}

    /** The text of an error without the colours of Nix's. */
    static String text(RemoteFailure failure) {
        return plain(failure.report().message());
    }

    /** A text for terminals without its colours. */
    static String plain(String text) {
        return COLOURS.matcher(text).replaceAll("").strip();
    }

    /** What an answer to a question means. */
    static DaemonException of(RemoteFailure failure, StoreDirectory store) {
        Optional<StorePath> missing = notValid(failure, store);
        return missing.isPresent()
                ? new DaemonException.NotValid(missing.get())
                : new DaemonException.Remote(text(failure));
    }

    /** What an answer to a request to add something means. */
    static DaemonException ofAddition(RemoteFailure failure, StoreDirectory store) {
        Optional<StorePath> missing = notValid(failure, store);
        return missing.isPresent()
                ? new DaemonException.NotValid(missing.get())
                : new DaemonException.Refused(text(failure), Optional.empty());
    }

    /** The item that is missing, if that is what the daemon says. */
    static Optional<StorePath> notValid(RemoteFailure failure, StoreDirectory store) {
        Matcher matcher = NOT_VALID.matcher(text(failure));
        try {
            return matcher.find() ? Optional.of(store.parse(matcher.group(1))) : Optional.empty();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }
}
