// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server does for clients that ask for nothing else.
 *
 * @param dialect what is spoken; one server speaks one
 * @param settings of the sessions
 * @param builds how requests are built until a client says otherwise
 * @param verbosity what clients are told until they say otherwise
 * @param userProfiles the folder that gets a folder for each user who connects, if any is to
 * @param version what this program calls its version where a dialect tells it
 */
public record ServerSetup(
        Dialect dialect,
        StoreSettings settings,
        BuildOptions builds,
        Event.Verbosity verbosity,
        Optional<Path> userProfiles,
        String version,
        Limits limits) {}
